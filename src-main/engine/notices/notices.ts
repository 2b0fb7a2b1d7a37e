/** Tells the clients that show notices of new articles: what there is to show, and what is to be closed again. */
import type { Output } from '../../api/contract/contract.ts'
import type { EventName } from '../../api/contract/events.ts'
import type { Clock } from '../../lib/clock.ts'
import { attempt } from '../../lib/log.ts'
import { composeNotices } from '../../notices/compose.ts'
import { isQuietAt } from '../../notices/quiet-hours.ts'
import { readMeta } from '../../store/db/meta.ts'
import { asInteractive } from '../../store/db/write-gate.ts'
import { decideNotices, mostFollowed, shownInVain, takeWaiting } from '../../store/notices.ts'
import { readSettings } from '../../store/settings.ts'
import type { Context } from '../context/context.ts'

export type Notices = {
  /** The first time on a database: what is there already is no news. */
  begin(): void
  /** Decides what the reader is told of, of all that has come since it was last asked. */
  decide(): void
}

/** After these, articles may have been read, or gone with their feed. */
const mayWithdraw: readonly EventName[] = ['articles-changed', 'all-changed', 'sources-changed']
/** ms */
const pause = 100

type Parts = Pick<Context, 'db' | 'now' | 'announcer' | 'log'> & { clock: Pick<Clock, 'setTimer'> }

export function createNotices({ db, now, clock, announcer, log }: Parts): Notices {
  let withdrawn = new Set<number>()
  let isLooking = false
  announcer.listen(event => {
    if (!mayWithdraw.includes(event) || isLooking) return
    isLooking = true
    // What is done at once may be several events.
    clock.setTimer(pause, () => {
      isLooking = false
      attempt(log, 'closing notices', withdraw)
    })
  })
  const decide = db.transaction(() => decideNotices(db, now(), isQuietAt(now(), readSettings(db).quietHours)))
  return {
    begin() {
      if (readMeta(db, 'notices') === null) asInteractive(db, true, () => decide.immediate())
    },
    decide() {
      const waiting = asInteractive(db, true, () => decide.immediate())
      if (waiting > 0) announcer.emit('notices-waiting', {})
    },
  }

  function withdraw(): void {
    const inVain = shownInVain(db)
    const articleIds = inVain.filter(id => !withdrawn.has(id))
    withdrawn = new Set(inVain)
    if (articleIds.length > 0) announcer.emit('notices-withdrawn', { articleIds })
  }
}

export function makeNoticeCommands({ db, now, signer }: Pick<Context, 'db' | 'now' | 'signer'>) {
  const take = db.transaction(() => takeWaiting(db, now()))
  return {
    /** In quiet hours what waits goes on waiting. */
    takeNotices(): Output<'takeNotices'> {
      if (isQuietAt(now(), readSettings(db).quietHours)) return { notices: [] }
      const articles = take.immediate()
      return {
        notices: composeNotices(
          articles.map(({ iconVersion, ...article }) => ({
            ...article,
            icon: iconVersion === null ? null : signer.icon(article.feedId, iconVersion),
          })),
          mostFollowed,
        ),
      }
    },
  }
}
