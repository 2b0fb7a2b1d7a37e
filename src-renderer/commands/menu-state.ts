/** What the application's menu shows of the window. */
import type { MenuState } from '../../src-main/api/host/menu.ts'
import { articleName } from '../library/article-name.ts'
import type { App } from '../state/app.svelte.ts'
import { articleInHand } from './changes.ts'
import { canRefresh } from './refresh.ts'

/** `isOpen`: the window has its lists, and is not the welcome. */
export function menuState(app: App, isOpen: boolean): MenuState {
  const { current } = app.settings
  const { article } = app.reader
  const inHand = articleInHand(app)
  return {
    hasFeeds: isOpen,
    hasArticle: isOpen && Boolean(inHand),
    hasLink: isOpen && Boolean(inHand?.url),
    canRefreshShown: isOpen && canRefresh(app, app.place.view),
    openArticle: isOpen && article ? { id: article.id, title: articleName(article) } : null,
    isUnreadOnly: current.unreadOnly,
    areSourcesShown: !current.isSourcesHidden,
  }
}
