/** Finding in the open article: when its code is loaded, which text it searches, and where the focus goes. */
import { onMount, tick, untrack } from 'svelte'
import { focusPane } from '../../lib/panes.ts'
import { idle } from '../../lib/wait.ts'
import { holdKeys } from '../../ui/dialog/hold-keys.ts'
import type { ArticleFind } from './find.svelte.ts'

type OpenText = {
  /** Another object for each text that is put into the frame's document. */
  text: { page: Document } | undefined
  scroller: HTMLElement | undefined
  /** The search that led to the article; empty where none did. */
  searchText: string
}

export type ArticleFinding = {
  /** Undefined until it is loaded. */
  readonly find: ArticleFind | undefined
  open(): Promise<void>
  /** `isBack`: to where the reader was before. */
  close(isBack: boolean): void
}

/** `focusField`: of the bar, once it is drawn. Called while a component is made. */
export function findingIn(open: () => OpenText, focusField: () => void): ArticleFinding {
  let find = $state.raw<ArticleFind>()

  // Not at the start: folding needs large tables. Where it can't be had now, it is asked for again when it is needed.
  onMount(() => {
    idle()
      .then(load)
      .catch(() => {})
  })

  async function load(): Promise<ArticleFind> {
    const { ArticleFind } = await import('./find.svelte.ts')
    find ??= new ArticleFind()
    return find
  }

  $effect(() => {
    const { text, scroller, searchText } = open()
    if (!text || !scroller || !find) return
    const frame = { page: text.page, scroller }
    untrack(() => find?.begin(frame, searchText))
  })

  return {
    get find() {
      return find
    },
    async open() {
      const release = holdKeys(document, '[role=search]')
      try {
        const loaded = await load()
        await tick()
        loaded.open()
        await tick()
        focusField()
      } finally {
        release()
      }
    },
    close(isBack) {
      find?.close(isBack)
      focusPane('article')
    },
  }
}
