/**
 * While the file of a dialog is being loaded, the focus is still behind it. Keys pressed then are held, so that none acts on
 * the list, and are given to the dialog when it is there. Keys pressed in the text of an article arrive at its frame only.
 */

/** Holds keys until the answered function is called: it gives them to the open dialog, or drops them. */
export function holdKeys(page: Document): () => void {
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
    for (const event of held) give(page, event)
  }
}

function give(page: Document, event: KeyboardEvent): void {
  const target = page.activeElement
  const dialog = target?.closest('dialog')
  if (!target || !dialog?.open || !target.dispatchEvent(new KeyboardEvent('keydown', event))) return
  // An event made by a script does nothing by itself.
  if (event.key === 'Escape') dialog.dispatchEvent(new Event('cancel', { cancelable: true }))
  else if (event.key.length === 1) page.execCommand('insertText', false, event.key)
  else if (event.key === 'Enter' && target instanceof HTMLButtonElement) target.click()
  else if (event.key === 'Enter' && target instanceof HTMLInputElement) target.form?.requestSubmit()
}
