/** How many panes fit, and which of them is in front. */

/** three: all side by side. two: the sources come over the list. one: a pane at a time, with a way back. */
export type LayoutMode = 'three' | 'two' | 'one'
export type Pane = 'sources' | 'headlines' | 'article'

export class Layout {
  mode = $state<LayoutMode>('three')
  /** The pane in front where only one fits. */
  pane = $state<Pane>('headlines')
  /** The sources lie over the list (two panes only). */
  isDrawerOpen = $state(false)
  /** The list is folded away beside a long read. */
  isListHidden = $state(false)

  constructor(page: Window) {
    const wide = page.matchMedia('(min-width: 1000px)')
    const middle = page.matchMedia('(min-width: 640px)')
    const measure = () => {
      this.mode = wide.matches ? 'three' : middle.matches ? 'two' : 'one'
      this.isDrawerOpen = false
    }
    wide.addEventListener('change', measure)
    middle.addEventListener('change', measure)
    measure()
  }

  /** Brings a pane to the front where it isn't in sight. */
  reveal(pane: Pane): void {
    this.pane = pane
    this.isDrawerOpen = this.mode === 'two' && pane === 'sources'
    if (pane === 'headlines') this.isListHidden = false
  }
}
