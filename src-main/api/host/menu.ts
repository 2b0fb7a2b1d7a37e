/** The application's menu, as a window sees it: what it can ask of the window, and what the window tells of itself. */
import { z } from 'zod'
import { once } from '../once.ts'
import type { Shaped } from '../shapes.ts'
import type { CommandName } from './keys.ts'

/** What the menu can ask of a window: what has a key in it, and a few things that have none. */
export type MenuCommand = CommandName | 'import-opml' | 'export-opml' | 'save-as-pdf' | 'whats-new' | 'report-fault'

const menuArticle = once(() => z.strictObject({ id: z.int(), title: z.string().max(1_000) }))

const menuState = once(() =>
  z.strictObject({
    /** False on the welcome, which has no lists. */
    hasFeeds: z.boolean(),
    /** An article is open or selected. */
    hasArticle: z.boolean(),
    /** That article has a page in the web: a digest, and many a newsletter, has none. */
    hasLink: z.boolean(),
    /** Somebody can be asked for what is new in the list that is shown. */
    canRefreshShown: z.boolean(),
    /** The article that is open, whose text can be printed; null where none is. */
    openArticle: menuArticle().nullable(),
    isUnreadOnly: z.boolean(),
    areSourcesShown: z.boolean(),
  }),
)

export type MenuArticle = Shaped<typeof menuArticle>
/** What items can be used now, and which are ticked. */
export type MenuState = Shaped<typeof menuState>

export const menuInputs = { setMenuState: menuState }

export type MenuOutputs = { setMenuState: Record<string, never> }
