/** Checks that the focused element, the selected source and the row that keys act on agree. */
import { expect, type Page } from 'playwright/test'

type Focus = {
  /** The name of the focused element; 'nothing' where it is the page itself, or not visible. */
  on: string
  /** How many sources are selected; null where no tree is visible. */
  chosen: number | null
  /** The active row of the list is not drawn, or the focused row of the tree is not the one that Tab reaches. */
  isAstray: boolean
}

/** Waits until the focus is on something, one source is chosen, and the focus is where keys act. `after` is for the message. */
export async function expectOneFocus(page: Page, after: string): Promise<void> {
  const faults = async () => {
    const { on, chosen, isAstray } = await focusOf(page)
    return [
      on === 'nothing' ? 'nothing has the focus' : '',
      chosen !== null && chosen !== 1 ? `${chosen} sources are chosen` : '',
      isAstray ? 'keys act on another row than the one with the focus' : '',
    ].filter(Boolean)
  }
  await expect.poll(faults, `after ${after}`).toEqual([])
}

export async function focusOf(page: Page): Promise<Focus> {
  return (await page.evaluate(`(() => {
    const element = document.activeElement
    const isSeen = element && element !== document.body && element.checkVisibility({ visibilityProperty: true })
    const tree = document.querySelector('[role=tree]')
    const isShown = tree?.checkVisibility({ visibilityProperty: true })
    const active = element?.getAttribute('aria-activedescendant')
    return {
      on: isSeen ? element.getAttribute('aria-label') || element.id || element.textContent.trim() || element.tagName : 'nothing',
      chosen: isShown ? tree.querySelectorAll('[aria-selected=true]').length : null,
      isAstray: (active && !document.getElementById(active)) || (element?.role === 'treeitem' && element.tabIndex !== 0),
    }
  })()`)) as Focus
}
