/** Notices of new articles as the system's own, for as long as the program runs, with a window or without. */
import { Notification } from 'electron'
import type { HostHandlers } from '../../api/host/calls.ts'
import type { Notice } from '../../api/notices.ts'
import { type NoticePlace, ShownNotices } from '../../api/shown-notices.ts'
import type { HostResource } from '../../host/engine-host.ts'
import type { Desktop } from '../window/desktop.ts'
import { isBodyMarkup } from './markup.ts'
import { act, actionsOf, buttonsOf } from './notice-actions.ts'
import { noticeIcon } from './notice-icon.ts'
import { type SystemText, systemText } from './system-text.ts'

/** `resource`: loads an icon by its signed path. */
export function noticesPart(
  desktop: Desktop,
  resource: (path: string) => Promise<HostResource>,
): Pick<HostHandlers, 'notices'> {
  const { link, window } = desktop
  /** Without a reference the object goes, and a click on the notice with it. */
  const shown = new ShownNotices<Notification>()
  /** Why the system refused the last one. */
  let refusal: string | null = null

  async function show(notice: Notice, place: NoticePlace<Notification>, isMarkup: boolean): Promise<void> {
    const icon = await noticeIcon(notice.kind === 'article' ? notice.icon : null, resource)
    // Read, or gone, meanwhile.
    if (place.isWanted()) display(notice, place, systemText(notice, isMarkup), icon)
  }

  function display(
    notice: Notice,
    place: NoticePlace<Notification>,
    text: SystemText,
    icon: Electron.NativeImage | null,
  ): void {
    const actions = actionsOf(notice, process.platform)
    const made = new Notification({
      ...text,
      ...(icon && { icon }),
      ...(actions.length > 0 && { actions: buttonsOf(actions) }),
    })
    made.on('click', () => {
      place.leave()
      window.show()
      window.announce('show-article', { articleId: notice.kind === 'article' ? notice.articleId : null })
    })
    made.on('action', ({ actionIndex }) => {
      const action = actions[actionIndex]
      if (!action || notice.kind !== 'article') return
      // Not every system takes the notice away with the press.
      made.close()
      place.leave()
      void act(action, notice.articleId, desktop).catch((error: unknown) => say(`'${action}' was not done`, error))
    })
    made.on('close', () => place.leave())
    made.on('show', () => {
      refusal = null
    })
    made.on('failed', (_event, error) => {
      refusal = error
      place.leave()
      say('not shown by the system', error)
    })
    place.fill(made)
    made.show()
  }

  async function take(): Promise<void> {
    if (!Notification.isSupported()) return
    const { notices } = await link.engine.takeNotices({})
    if (notices.length === 0) return
    // First of all: what is read or gone while the system and icons are asked for is not shown.
    const placed = notices.map(notice => ({ notice, place: shown.place(notice) }))
    // Each time: another server may have taken the place of the last one.
    const isMarkup = await isBodyMarkup(process.platform)
    for (const { notice, place } of placed) await show(notice, place, isMarkup)
  }

  // Refused where the engine ends: what it had not answered waits for the next one.
  const takeNow = () => void take().catch(() => undefined)
  link.engine.on('notices-waiting', takeNow)
  link.onState(state => state === 'open' && takeNow())
  link.engine.on('notices-withdrawn', ({ articleIds }) => shown.withdraw(articleIds))
  return { notices: () => ({ isSupported: Notification.isSupported(), refusal }) }
}

/** Nothing can be done about it, and its article is in the list all the same: a line in the log. */
function say(what: string, error: unknown): void {
  console.error(`A notice of a new article: ${what}: ${error instanceof Error ? error.message : String(error)}`)
}
