/** Drags that begin in a window of ours, and drags over the frame of an article. */

/** A mark on what is dragged, so that what comes back is not taken for something new. */
const ownType = 'application/x-broadsheet-own'

/** For 'dragstart'. What the browser drags stays as it is. */
export function markDrag({ dataTransfer }: DragEvent): void {
  dataTransfer?.setData(ownType, '1')
}

export function isOwnDrag({ dataTransfer }: DragEvent): boolean {
  return dataTransfer?.types.includes(ownType) ?? false
}

/** A frame's document gets what is dragged over it, and the window nothing: it is passed on, as if the frame were not there. */
export function passDrags(page: Document, frame: HTMLElement): void {
  page.addEventListener('dragstart', markDrag)
  for (const type of ['dragover', 'drop']) page.addEventListener(type, event => pass(event as DragEvent, frame))
}

function pass(event: DragEvent, frame: HTMLElement): void {
  const { type, dataTransfer } = event
  if (!frame.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer })))
    event.preventDefault()
}
