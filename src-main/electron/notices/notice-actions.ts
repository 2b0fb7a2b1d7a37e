/** What a notice of one article offers beside its click, which opens the article. */
import type { Notice } from '../../api/notices.ts'
import type { Desktop } from '../window/desktop.ts'

export type NoticeAction = 'save' | 'mark-read'
const texts: Record<NoticeAction, string> = { save: 'Save', 'mark-read': 'Mark as Read' }

/**
 * None on Windows: there a press did not arrive in Electron up to 41.2 (electron#51147). It was mended since, but nobody has
 * pressed one of ours there yet, and a button that does nothing is worse than none.
 */
export function actionsOf(notice: Notice, platform: NodeJS.Platform): NoticeAction[] {
  return notice.kind === 'article' && platform !== 'win32' ? ['save', 'mark-read'] : []
}

export function buttonsOf(actions: NoticeAction[]): Electron.NotificationAction[] {
  return actions.map(action => ({ type: 'button', text: texts[action] }))
}

/** Done at once, with a window or without; a window that is there says so, and can take it back. */
export async function act(action: NoticeAction, articleId: number, { link, window }: ActingDesktop): Promise<void> {
  const articleIds = [articleId]
  const { undoId } =
    action === 'save'
      ? await link.engine.setSaved({ articleIds, isSaved: true })
      : await link.engine.markRead({ articleIds, isRead: true })
  if (undoId !== null && window.current) window.announce('notice-acted', { action, articleId, undoId })
}

type ActingDesktop = Pick<Desktop, 'link' | 'window'>
