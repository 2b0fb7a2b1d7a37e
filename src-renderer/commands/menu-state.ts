/** What the application's menu shows of the window. */
import type { MenuState } from '../../src-main/api/host/menu.ts'
import type { App } from '../state/app.svelte.ts'
import { articleInHand } from './changes.ts'

/** `isOpen`: the window has its lists, and is not the welcome. */
export function menuState(app: App, isOpen: boolean): MenuState {
  const { current } = app.settings
  return {
    hasFeeds: isOpen,
    hasArticle: isOpen && Boolean(articleInHand(app)),
    isArticleOpen: isOpen && app.reader.article !== null,
    isUnreadOnly: current.unreadOnly,
    areSourcesShown: !current.isSourcesHidden,
  }
}
