/** An engine whose digests are sent to a real mail server, by the real sending part of the intake. Time stands where it is put. */
import type { IntakeClient } from '../../src-main/intake/client.ts'
import { createMailSending } from '../../src-main/outgoing/sending.ts'
import { storeArticles } from '../../src-main/store/articles/ingest.ts'
import type { WriteDb } from '../../src-main/store/db/open.ts'
import { addFeed, makeArticle, makeStore, type TestStore } from './articles.ts'
import { makeEngine, type TestEngine } from './engine.ts'
import { password, type Smtp } from './smtp.ts'

export const minute = 60_000
export const hour = 60 * minute
export const day = 24 * hour
/** A Saturday, half past seven in the morning where the tests run; digests are due at seven. */
export const saturday = new Date(2026, 10, 28, 7, 30).getTime()

export const reader = 'ada@harbour.example'

/** The settings that name this server. */
export function serverOf({ port }: Pick<Smtp, 'port'>) {
  return {
    ...{ host: '127.0.0.1', port, security: 'none' as const, userName: 'ada', password },
    ...{ from: reader, to: reader },
  }
}

export type MailWorld = TestEngine & {
  now: number
  /** Ends it as a program ends, with what is being sent. */
  end(): Promise<void>
}

/** `media`: what servers of pictures answer, in place of nothing. */
export function makeMailWorld(
  store: TestStore = makeStore(),
  now = saturday,
  media?: IntakeClient['media'],
): MailWorld {
  const ending = new AbortController()
  const clock = { now }
  const sending = createMailSending({ db: store.db, now: () => clock.now, signal: ending.signal })
  const engine = makeEngine({
    store,
    now: () => clock.now,
    intake: { sendMail: sending.sendMail, ...(media && { media }) },
  })
  return {
    ...engine,
    get now() {
      return clock.now
    },
    set now(at: number) {
      clock.now = at
    },
    async end() {
      ending.abort()
      await sending.close()
      await engine.close()
    },
  }
}

/** Something to tell of, an hour ago. */
export function report(db: WriteDb, title: string, now: number, image: string | null = null): void {
  const feedId = addFeed(db, 'https://gazette.example/feed')
  const url = `https://gazette.example/${encodeURIComponent(title)}`
  storeArticles(db, feedId, [makeArticle({ title, url, image, publishedAt: now - hour })], now - 1_000)
}

/** Makes the digest of the day; answers whether there was one. */
export async function makeDigest(world: MailWorld, title = 'Ferry & harbour'): Promise<void> {
  report(world.db, title, world.now)
  if (!(await world.makeDueDigest())) throw new Error('no digest was made')
}
