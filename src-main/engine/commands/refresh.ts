/** Refreshing by hand: which feeds a view stands for, and which of them are fetched. And pausing what is polled by itself. */
import { isDeepStrictEqual } from 'node:util'
import type { Input, Output } from '../../api/contract/contract.ts'
import type { Feed, Network, Power } from '../../api/model.ts'
import { offers } from '../../api/sources/kinds.ts'
import type { IntakeClient } from '../../intake/client.ts'
import { hour } from '../../lib/time.ts'
import type { ReadDb } from '../../store/db/open.ts'
import { feedById, listFeeds } from '../../store/feeds/feeds.ts'
import { feedsWithin } from '../../store/feeds/folders.ts'
import { listMailboxes } from '../../store/mail/mailboxes.ts'
import { pausePolling, pollingPausedUntil, resumePolling } from '../../store/polling-pause.ts'
import type { Context } from '../context/context.ts'

/** A pause until tomorrow ends at this hour, local time. */
const morning = 7

export function makeRefreshCommands(context: Context, events: Pick<IntakeClient, 'on'>) {
  const { db, intake, announcer, isSafeMode, now } = context
  let power: Power = { isOnBattery: false, isMetered: false, isSuspended: false }
  let network: Network = 'online'
  const polling = (): Output<'polling'> => ({ pausedUntil: pollingPausedUntil(db, now()), power, network })
  events.on('network-changed', changed => {
    network = changed.network
    announcer.emit('polling-changed', polling())
  })

  return {
    polling,

    async tellPower(told: Input<'tellPower'>): Promise<Output<'tellPower'>> {
      if (isDeepStrictEqual(told, power)) return {}
      power = told
      announcer.emit('polling-changed', polling())
      await intake.setPower(power)
      return {}
    },

    pausePolling({ until }: Input<'pausePolling'>): Output<'pausePolling'> {
      const since = now()
      if (until === 'now') resumePolling(db)
      else pausePolling(db, since, until === 'in-an-hour' ? since + hour : tomorrowAfter(since))
      const state = polling()
      announcer.emit('polling-changed', state)
      void intake.scheduleChanged()
      return state
    },

    async refresh({ view, isForced = false, insistOn = [] }: Input<'refresh'>): Promise<Output<'refresh'>> {
      const { feedIds, paused, hasNewsletters } = feedsOf(db, view)
      if (isSafeMode) return { total: 0, paused, recent: null, waiting: null, underWay: 0, isSafeMode: true }
      if (hasNewsletters) void intake.mailChanged({ reconnectId: null })
      const started = await intake.refresh({ feedIds, isForced, insistOn })
      return { ...started, paused, ...(hasNewsletters && listMailboxes(db).length > 0 && { asksMailboxes: true }) }
    },

    async cancelRefresh(): Promise<Output<'cancelRefresh'>> {
      await intake.cancelRefresh()
      return {}
    },
  }
}

function tomorrowAfter(now: number): number {
  const date = new Date(now)
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + 1, morning).getTime()
}

type Refreshed = { feedIds: number[]; paused: number; hasNewsletters: boolean }

/** A feed that is gone is fetched where the view is that feed: it may be back. One that the user has paused never is. */
function feedsOf(db: ReadDb, view: Input<'refresh'>['view']): Refreshed {
  if (view?.kind === 'feed') {
    const feed = feedById(db, view.feedId)
    const isPaused = feed?.paused === 'by-user'
    const hasNewsletters = feed !== null && isByMail(feed) && !isPaused
    return { feedIds: isPaused ? [] : [view.feedId], paused: Number(isPaused), hasNewsletters }
  }
  const within = view?.kind === 'folder' ? new Set(feedsWithin(db, view.folderId)) : null
  const feeds = listFeeds(db).filter(feed => !within || within.has(feed.id))
  const asked = feeds.filter(feed => feed.paused === null)
  const hasNewsletters = asked.some(isByMail)
  return { feedIds: asked.map(feed => feed.id), paused: feeds.length - asked.length, hasNewsletters }
}

const isByMail = ({ kind }: Pick<Feed, 'kind'>): boolean => offers[kind].asks === 'mailboxes'
