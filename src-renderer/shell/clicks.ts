/**
 * A click is for what the hand saw under the pointer. The later presses of a double click do nothing where something else has
 * come there since: a button that slid up as a row went, the next step of a dialog, what lies behind one that closed. And no
 * press is taken by a button that takes something away (`data-takes-away`) where that has only just come under a pointer at
 * rest.
 */

const pressable =
  'button, a[href], label, summary, input, select, textarea, dialog, [role=option], [role=treeitem], [role=menuitem], [role=menuitemradio], [role=menuitemcheckbox], [role=tab]'

/** In ms: how long such a button must have lain under a resting pointer. A press that has begun can't be stopped. */
const seenAfter = 400

type Pressed = { element: Element | null; name: string }

/** Watches a document until the answered function is called. */
export function guardClicks(page: Document): () => void {
  let first: Pressed = { element: null, name: '' }
  let pointer = { x: Number.NaN, y: Number.NaN }
  /** The element under the pointer, and since when, where the layout moved it there. */
  let under: { element: Element | null; since: number } = { element: null, since: Number.NEGATIVE_INFINITY }
  let isUnseen = false

  function onpointermove({ clientX: x, clientY: y }: PointerEvent): void {
    pointer = { x, y }
  }

  /** Fires before the pointermove that leads there; without one where the layout moved under a resting pointer. */
  function onpointerover(event: PointerEvent): void {
    const element = pressableAt(event)
    if (element === under.element) return
    const isAtRest = event.clientX === pointer.x && event.clientY === pointer.y
    under = { element, since: isAtRest ? event.timeStamp : Number.NEGATIVE_INFINITY }
  }

  function onmousedown(event: MouseEvent): void {
    isUnseen = event.timeStamp - under.since < seenAfter && pressableAt(event) === under.element
    // The system counts the clicks of a double click, by the user's own setting.
    if (event.detail <= 1) first = pressedBy(event)
  }

  function onclick(event: MouseEvent): void {
    const isMeant = event.detail <= 1 ? !isTakenUnseen(event) : isFirst(pressedBy(event))
    if (isMeant) return
    event.preventDefault()
    event.stopImmediatePropagation()
  }

  function isTakenUnseen(event: MouseEvent): boolean {
    // A click by a key has no detail.
    return event.detail > 0 && isUnseen && (pressableAt(event)?.matches('[data-takes-away]') ?? false)
  }

  function isFirst({ element, name }: Pressed): boolean {
    // The same button may have another label, and so another meaning, by now.
    return element === null || (element === first.element && name === first.name)
  }

  const listening = new AbortController()
  const options = { capture: true, signal: listening.signal }
  page.addEventListener('pointermove', onpointermove, options)
  page.addEventListener('pointerover', onpointerover, options)
  page.addEventListener('mousedown', onmousedown, options)
  page.addEventListener('click', onclick, options)
  return () => listening.abort()
}

function pressedBy(event: MouseEvent): Pressed {
  const element = pressableAt(event)
  if (!element) return { element, name: '' }
  if (element.matches('button'))
    return { element, name: `${element.getAttribute('aria-label') ?? ''}\n${element.textContent}` }
  return { element, name: '' }
}

function pressableAt({ target }: Event): Element | null {
  return target instanceof Element ? target.closest(pressable) : null
}
