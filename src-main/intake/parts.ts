/** What the intake is given, and what all of its parts share. */
import { openCredentials } from '../http/credentials.ts'
import type { Http } from '../http/types.ts'
import type { Clock } from '../lib/clock.ts'
import type { Secrets } from '../lib/secrets.ts'
import { watchClock } from '../polling/clock-trust.ts'
import type { Access } from '../polling/fetch.ts'
import { HostBackoffs } from '../polling/host-backoff.ts'
import type { WriteDb } from '../store/db/open.ts'
import type { StoredAccess } from '../store/feeds/access.ts'
import { openProxy } from '../store/feeds/proxy-address.ts'
import type { Pool } from '../workers/pool.ts'
import type { IntakeEvents } from './protocol.ts'

export type IntakeOptions = {
  db: WriteDb
  http: Http
  pool: Pick<Pool, 'run'>
  /** Workers for drawing SVGs. */
  drawingPool: Pick<Pool, 'run'>
  clock: Clock
  /** 0 to 1. */
  random(): number
  secrets: Secrets
  /** Whether a host name or address is on this machine or a private network. */
  isPrivateHost(url: URL): Promise<boolean>
  /** The data folder; media are cached in `media` there, and pictures of saved articles are in `pictures`. */
  dataDir: string
  emit<E extends keyof IntakeEvents>(event: E, payload: IntakeEvents[E]): void
  log(line: string): void
}

export type IntakeParts = Omit<IntakeOptions, 'http'> & {
  http: Pick<Http, 'get' | 'open' | 'post'>
  now(): number
  /** Which hosts want to be left alone: by feeds and by pages alike. */
  backoffs: HostBackoffs
  /** How the user wants a feed's server to be asked. */
  accessOf(feed: StoredAccess): Access
  /** Aborts when the intake is closed. */
  signal: AbortSignal
}

export function intakeParts(options: IntakeOptions, signal: AbortSignal): IntakeParts {
  const { db, http, clock, secrets, emit } = options
  const watched = watchClock(http, clock.now, () => emit('clock-confirmed', {}))
  return {
    ...options,
    http: { get: watched.get, open: request => http.open(request), post: request => http.post(request) },
    now: clock.now,
    backoffs: new HostBackoffs(db),
    accessOf: ({ credentials, proxy, userAgent }) => ({
      credentials: openCredentials(secrets, credentials),
      proxy: openProxy(secrets, proxy),
      userAgent,
    }),
    signal,
  }
}
