/** Refreshing by hand, and words for the feeds that are left out, and why. A second press fetches those, too. */
import type { Output } from '../../src-main/api/contract/contract.ts'
import type { Feed, View } from '../../src-main/api/model.ts'
import { offers } from '../../src-main/api/sources/kinds.ts'
import { viewKey } from '../library/view.ts'
import { words } from '../messages/commands.ts'
import { agoText, timeText } from '../messages/format.ts'
import { words as mailWords } from '../messages/newsletters/health.ts'
import type { App } from '../state/app.svelte.ts'
import type { Toast } from '../state/toasts.svelte.ts'

type Answer = Output<'refresh'>
type Said = Pick<Toast, 'text' | 'action'>
/** The parts of a window that a refresh needs. */
export type Refreshing = Pick<App, 'actions' | 'clock' | 'dialogs' | 'engine' | 'refreshOffer' | 'sources'>

const minute = 60_000

/** Whether anybody can be asked for what is new in it. */
export function canRefresh({ sources }: Pick<App, 'sources'>, view: View): boolean {
  const feed = view.kind === 'feed' ? sources.feedById.get(view.feedId) : undefined
  return view.kind !== 'pages' && (!feed || offers[feed.kind].asks !== null)
}

/** Refreshes a feed or a folder; all feeds for any other view. */
export async function refresh(app: Refreshing, view?: View): Promise<void> {
  if (view && !canRefresh(app, view)) return app.refreshOffer.say(sayOfNobody(app, view), null)
  const place = view?.kind === 'feed' || view?.kind === 'folder' ? view : undefined
  await ask(app, place, app.refreshOffer.take(keyOf(place)))
}

type Place = Extract<View, { kind: 'feed' | 'folder' }> | undefined

const keyOf = (place: Place): string => (place ? viewKey(place) : 'all')

async function ask(app: Refreshing, place: Place, insistOn: number[]): Promise<void> {
  const answer = await app.actions.attempt(() => app.engine.refresh({ view: place, insistOn }))
  if (!answer) return
  const feed = onlyFeed(app, place)
  const said = feed ? sayOfFeed(app, feed, answer) : sayOfSeveral(answer, insistOn, app.clock.now)
  if (!said) return
  const { recent } = answer
  if (!recent || insistOn.length > 0) return app.refreshOffer.say(said, null)
  const action = { label: words.refresh.askAnyway, run: () => void ask(app, place, recent.feedIds) }
  app.refreshOffer.say({ ...said, action }, { key: keyOf(place), feedIds: recent.feedIds })
}

/** Why nobody is asked. */
function sayOfNobody({ dialogs }: Refreshing, view: View): Said {
  if (view.kind === 'pages') return { text: words.refresh.pages }
  const run = () => dialogs.show('settings', { section: 'digest' })
  return { text: words.refresh.digest, action: { label: words.refresh.settings, run } }
}

/** The feed, where only one is refreshed: also where it is the only one there is. */
function onlyFeed({ sources }: Refreshing, place: Place): Feed | undefined {
  if (place?.kind === 'feed') return sources.feedById.get(place.feedId)
  return place === undefined && sources.feeds.length === 1 ? sources.feeds[0] : undefined
}

function sayOfFeed(app: Refreshing, feed: Feed, answer: Answer): Said | null {
  const { recent, waiting, underWay, paused, isSafeMode, asksMailboxes } = answer
  const { now } = app.clock
  if (isSafeMode) return { text: words.refresh.safeMode }
  if (recent) {
    const say = feed.failure ? words.refresh.recentFailure : words.refresh.recent
    return { text: say(minutesAgo(recent.lastAskedAt, now)) }
  }
  if (waiting) return { text: words.refresh.waiting(timeText(nextMinute(waiting.until), now)) }
  if (underWay > 0) return { text: words.refresh.underWay }
  if (asksMailboxes) return { text: words.refresh.mailboxes }
  if (offers[feed.kind].asks === 'mailboxes' && paused === 0) return { text: mailWords.noMailbox }
  if (paused === 0) return null
  const action = { label: words.refresh.details, run: () => app.dialogs.show('health', { feedId: feed.id }) }
  return { text: words.refresh.paused(feed.title), action }
}

/** One message for all feeds left out. Those that a second press has just fetched are not offered again. */
function sayOfSeveral(answer: Answer, insistOn: number[], now: number): Said | null {
  const { total, recent, waiting, underWay, paused, isSafeMode, asksMailboxes } = answer
  if (isSafeMode) return { text: words.refresh.safeMode }
  const asked = total + (recent?.feedIds.length ?? 0) + (waiting?.feeds ?? 0) + underWay
  if (asked === 0 && asksMailboxes) return { text: words.refresh.mailboxes }
  if (asked === 0) return { text: paused > 0 ? words.refresh.allPaused : words.refresh.none }
  const sentences: string[] = []
  if (recent && insistOn.length === 0) {
    const recently = recent.feedIds.length
    const ago = minutesAgo(recent.lastAskedAt, now)
    const isAll = recently === asked && asked > 1
    sentences.push(isAll ? words.refresh.allRecent(asked, ago) : words.refresh.someRecent(recently, asked, ago))
  }
  if (waiting) {
    const until = timeText(nextMinute(waiting.until), now)
    sentences.push(
      words.refresh.someWaiting(waiting.feeds, until, nextMinute(waiting.from) === nextMinute(waiting.until)),
    )
  }
  if (sentences.length === 0 && total === 0 && underWay > 0) sentences.push(words.refresh.allUnderWay)
  return sentences.length === 0 ? null : { text: sentences.join(' ') }
}

function minutesAgo(at: number, now: number): string {
  return now - at < minute ? words.refresh.moments : agoText(at, now)
}

/** Rounded up, since times are shown to the minute. */
function nextMinute(at: number): number {
  return Math.ceil(at / minute) * minute
}
