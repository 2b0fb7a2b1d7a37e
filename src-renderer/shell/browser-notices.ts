/** Shows notices by the browser, in the tab that takes them first. In Electron the main process does. */
import type { EngineLink } from '../../src-main/api/contract/link.ts'
import { type Notice, noticeTag, noticeText } from '../../src-main/api/notices.ts'
import { ShownNotices } from '../../src-main/api/shown-notices.ts'

/** `onclick`: with the article, or null for a notice of many. */
export function showNotices({ engine, onState }: EngineLink, onclick: (articleId: number | null) => void): () => void {
  const shown = new ShownNotices<Notification>()

  function show(notice: Notice): void {
    const { title, body } = noticeText(notice)
    const place = shown.place(notice)
    const tag = noticeTag(notice)
    const icon = notice.kind === 'article' && notice.icon ? { icon: notice.icon } : {}
    const made = new Notification(title, { body, tag, ...icon })
    made.onclick = () => {
      made.close()
      window.focus()
      onclick(notice.kind === 'article' ? notice.articleId : null)
    }
    made.onclose = () => place.leave()
    place.fill(made)
  }

  async function take(): Promise<void> {
    if (!('Notification' in window) || Notification.permission !== 'granted') return
    const { notices } = await engine.takeNotices({})
    for (const notice of notices) show(notice)
  }

  // Refused where the connection ends: what was not answered waits.
  const takeNow = () => void take().catch(() => undefined)
  const letWaitingGo = engine.on('notices-waiting', takeNow)
  const letWithdrawnGo = engine.on('notices-withdrawn', ({ articleIds }) => shown.withdraw(articleIds))
  onState(state => state === 'open' && takeNow())
  return () => {
    letWaitingGo()
    letWithdrawnGo()
  }
}
