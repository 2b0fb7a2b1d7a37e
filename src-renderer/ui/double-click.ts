/**
 * A double click is for what lay under the pointer when it began. Its later presses do nothing where something else has
 * come there since: a button that slid up as a row went, the next step of a dialog, what lies behind one that closed.
 */

const pressable =
  'button, a[href], label, summary, input, select, textarea, dialog, [role=option], [role=treeitem], [role=menuitem], [role=menuitemradio], [role=menuitemcheckbox], [role=tab]'

type Pressed = { element: Element | null; name: string }

/** Watches a document until the answered function is called. */
export function guardDoubleClicks(page: Document): () => void {
  let first: Pressed = { element: null, name: '' }

  function onmousedown(event: MouseEvent): void {
    // The system counts the clicks: it knows the user's own time between two.
    if (event.detail <= 1) first = pressedBy(event)
  }

  function onclick(event: MouseEvent): void {
    if (event.detail <= 1 || isFirst(pressedBy(event))) return
    event.preventDefault()
    event.stopImmediatePropagation()
  }

  function isFirst({ element, name }: Pressed): boolean {
    // The same element may mean something else by now: its words tell.
    return element === null || (element === first.element && name === first.name)
  }

  page.addEventListener('mousedown', onmousedown, true)
  page.addEventListener('click', onclick, true)
  return () => {
    page.removeEventListener('mousedown', onmousedown, true)
    page.removeEventListener('click', onclick, true)
  }
}

function pressedBy(event: MouseEvent): Pressed {
  const element = event.target instanceof Element ? event.target.closest(pressable) : null
  if (!element) return { element, name: '' }
  if (element.matches('button'))
    return { element, name: `${element.getAttribute('aria-label') ?? ''}\n${element.textContent}` }
  return { element, name: '' }
}
