/** Notices of new articles as the system's own, for as long as the program runs, with a window or without. */
import { Notification } from 'electron'
import type { HostHandlers } from '../../api/host/calls.ts'
import { articleTag, type Notice, noticeTag } from '../../api/notices.ts'
import type { Desktop } from '../window/desktop.ts'
import { systemText } from './system-text.ts'

export function noticesPart({ link, window }: Desktop): Pick<HostHandlers, 'notices'> {
  /** Without a reference the object goes, and a click on the notice with it. */
  const shown = new Map<string, Notification>()

  function show(notice: Notice): void {
    const tag = noticeTag(notice)
    shown.get(tag)?.close()
    const made = new Notification(systemText(notice, process.platform))
    const forget = () => {
      if (shown.get(tag) === made) shown.delete(tag)
    }
    made.on('click', () => {
      forget()
      window.show()
      window.announce('show-article', { articleId: notice.kind === 'article' ? notice.articleId : null })
    })
    made.on('close', forget)
    made.on('failed', forget)
    shown.set(tag, made)
    made.show()
  }

  async function take(): Promise<void> {
    if (!Notification.isSupported()) return
    const { notices } = await link.engine.takeNotices({})
    for (const notice of notices) show(notice)
  }

  // Refused where the engine ends: what it had not answered waits for the next one.
  const takeNow = () => void take().catch(() => undefined)
  link.engine.on('notices-waiting', takeNow)
  link.onState(state => state === 'open' && takeNow())
  link.engine.on('notices-withdrawn', ({ articleIds }) => {
    for (const id of articleIds) {
      const tag = articleTag(id)
      shown.get(tag)?.close()
      shown.delete(tag)
    }
  })
  return { notices: () => ({ isSupported: Notification.isSupported() }) }
}
