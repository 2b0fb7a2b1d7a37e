/** The application's menu, as a window sees it: what it can ask of the window, and what the window tells of itself. */
import { z } from 'zod'
import type { CommandName } from './keys.ts'

/** What the menu can ask of a window: what has a key in it, and a few things that have none. */
export type MenuCommand = CommandName | 'import-opml' | 'export-opml' | 'save-as-pdf' | 'whats-new' | 'report-fault'

export type MenuArticle = { id: number; title: string }

/** What items can be used now, and which are ticked. */
export type MenuState = {
  /** False on the welcome, which has no lists. */
  hasFeeds: boolean
  /** An article is open or selected. */
  hasArticle: boolean
  /** The article that is open, whose text can be printed; null where none is. */
  openArticle: MenuArticle | null
  isUnreadOnly: boolean
  areSourcesShown: boolean
}

export const menuInputs = {
  setMenuState: () =>
    z.strictObject({
      hasFeeds: z.boolean(),
      hasArticle: z.boolean(),
      openArticle: z.strictObject({ id: z.int(), title: z.string().max(1_000) }).nullable(),
      isUnreadOnly: z.boolean(),
      areSourcesShown: z.boolean(),
    }),
}

export type MenuOutputs = { setMenuState: Record<string, never> }
