/**
 * While the file of what a key opens is being loaded, a dialog or the field of finding, the focus is still behind it. Keys
 * pressed then are held, so that none acts on the list, and are given to it when it is there. Keys pressed in the text of an
 * article arrive at its frame only.
 */

/**
 * Holds keys until the answered function is called: it gives them to what has the focus, if that is within `taker` (a selector),
 * or drops them.
 */
export function holdKeys(page: Document, taker: 'dialog[open]' | '[role=search]'): () => void {
  const held: KeyboardEvent[] = []
  const listening = new AbortController()
  const hold = (event: KeyboardEvent): void => {
    // Those of the browser and the system, such as Ctrl+R, go on.
    if (event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    event.stopImmediatePropagation()
    held.push(event)
  }
  const frames = Array.from(page.querySelectorAll('iframe'), frame => frame.contentDocument)
  for (const document of [page, ...frames]) {
    document?.addEventListener('keydown', hold, { capture: true, signal: listening.signal })
  }
  return () => {
    listening.abort()
    for (const event of held) give(page, event, taker)
  }
}

function give(page: Document, event: KeyboardEvent, taker: string): void {
  const target = page.activeElement
  const opened = target?.closest(taker)
  if (!target || !opened || !target.dispatchEvent(new KeyboardEvent('keydown', event))) return
  // An event made by a script does nothing by itself.
  if (event.key === 'Escape') opened.dispatchEvent(new Event('cancel', { cancelable: true }))
  else if (event.key.length === 1) page.execCommand('insertText', false, event.key)
  else if (event.key === 'Enter' && target instanceof HTMLButtonElement) target.click()
  else if (event.key === 'Enter' && target instanceof HTMLInputElement) target.form?.requestSubmit()
}
