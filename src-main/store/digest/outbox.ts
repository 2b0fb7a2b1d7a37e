/**
 * Digests that are sent as mail, by their days. A letter is noted with the digest itself, in one transaction, and its end is
 * sent only after that is on disk, so that whatever ends the program none is sent twice. Times in ms.
 */
import type { Delivery, DigestLetter, OutgoingFailure } from '../../api/mail/outgoing.ts'
import { hour, minute, day as oneDay } from '../../lib/time.ts'
import { readMeta, writeMeta } from '../db/meta.ts'
import { durably, type ReadDb, unsynced, type WriteDb } from '../db/open.ts'

type WaitingLetter = Extract<DigestLetter, { state: 'waiting' }>

const mostKept = 14
/** After this long a digest is old news. */
const triedFor = 3 * oneDay
const firstPause = minute
const longestPause = 2 * hour
/** Servers lock an account that is tried again and again. */
const pauseAfterRefusal = 6 * hour

/** Of this database: what a backup says of letters may have been done since. */
export function listLetters(db: ReadDb): DigestLetter[] {
  const outbox = readMeta(db, 'outbox')
  return outbox && outbox.databaseId === readMeta(db, 'databaseId') ? outbox.letters : []
}

/** Inside the transaction that keeps the digest. A day has one letter. */
export function queueLetter(db: WriteDb, day: string, now: number): void {
  changeAll(db, letters => {
    if (letters.some(letter => letter.day === day)) return letters
    return [...letters, { day, state: 'waiting', tries: 0, nextTryAt: now, failed: null }]
  })
}

/** The first that is to be sent now. One whose next try is further ahead than any pause waits by a clock that was wrong. */
export function dueLetter(db: ReadDb, now: number): WaitingLetter | null {
  const isDue = (letter: DigestLetter): letter is WaitingLetter =>
    letter.state === 'waiting' && (letter.nextTryAt <= now || letter.nextTryAt > now + pauseAfterRefusal)
  return listLetters(db).find(isDue) ?? null
}

/** To be called where none is being sent: those whose sending was broken off as they ended may have arrived. */
export function settleInterrupted(db: WriteDb, now: number): void {
  changeAll(db, letters => {
    if (!letters.some(({ state }) => state === 'handing-over')) return letters
    return letters.map(letter =>
      letter.state === 'handing-over' ? { day: letter.day, state: 'in-doubt', at: now } : letter,
    )
  })
}

/**
 * Its end may be sent once this has returned. Throws where it is not waiting: nothing is sent twice. Not synced: in the time
 * that takes, a program that is killed would leave a letter that nobody sends. `sealHandingOver` is to follow at once.
 */
export function startHandingOver(db: WriteDb, day: string): void {
  unsynced(db, () =>
    change(db, day, letter => {
      if (letter?.state !== 'waiting') throw new Error(`the digest of ${day} is not waiting to be sent`)
      return { day, state: 'handing-over' }
    }),
  )
}

/** The end has been sent: not even a power cut takes that back. */
export function sealHandingOver(db: WriteDb): void {
  durably(db, () => changeAll(db, letters => [...letters]))
}

/** What came of sending it. `tries`: how often that was tried before. */
export function settleLetter(db: WriteDb, day: string, delivery: Delivery, tries: number, now: number): void {
  durably(db, () =>
    change(db, day, letter => {
      if (letter === null) return null
      if (delivery.kind !== 'failed') return { day, state: delivery.kind, at: now }
      const { failure } = delivery
      const failed = { failure, at: now }
      return { day, state: 'waiting', tries: tries + 1, nextTryAt: now + pauseAfter(failure, tries), failed }
    }),
  )
}

/** Is sent again, or at once: the reader wants it, the server is another, or there is a network again. */
export function hurryLetter(db: WriteDb, day: string, now: number): void {
  change(db, day, letter =>
    letter?.state === 'waiting' || letter?.state === 'in-doubt'
      ? { day, state: 'waiting', tries: 0, nextTryAt: now, failed: letter.state === 'waiting' ? letter.failed : null }
      : letter,
  )
}

/** The reader has found one that was in doubt. */
export function noteArrived(db: WriteDb, day: string): void {
  change(db, day, letter => (letter?.state === 'in-doubt' ? { ...letter, state: 'sent' } : letter))
}

export function hurryLetters(db: WriteDb, now: number): void {
  for (const { day, state } of listLetters(db)) if (state === 'waiting') hurryLetter(db, day, now)
}

/** Nothing more is sent of what waits; what was sent stays known. */
export function dropWaiting(db: WriteDb): void {
  changeAll(db, letters => {
    const others = letters.filter(({ state }) => state !== 'waiting')
    return others.length < letters.length ? others : letters
  })
}

/** It is not there any more, or old news. */
export function dropLetter(db: WriteDb, day: string): void {
  change(db, day, () => null)
}

/** Whether a digest that was made then is too old to be sent. */
export function isOldNews(madeAt: number, now: number): boolean {
  return now - madeAt > triedFor
}

function pauseAfter({ reason }: OutgoingFailure, tries: number): number {
  const isRefused = /^(?:log-in|no-password|in-the-clear|not-)/.test(reason)
  return isRefused ? pauseAfterRefusal : Math.min(firstPause * 3 ** tries, longestPause)
}

function change(db: WriteDb, day: string, how: (letter: DigestLetter | null) => DigestLetter | null): void {
  changeAll(db, letters => {
    const before = letters.find(letter => letter.day === day) ?? null
    const after = how(before)
    return after === before ? letters : letters.flatMap(letter => (letter !== before ? letter : (after ?? [])))
  })
}

/**
 * In one transaction, since two threads write it. The same list stays as it is; of another one the last are kept, so that a day
 * that had one gets no other.
 */
function changeAll(db: WriteDb, how: (letters: DigestLetter[]) => DigestLetter[]): void {
  const run = db.transaction(() => {
    const before = listLetters(db)
    const after = how(before)
    if (after === before) return
    const databaseId = readMeta(db, 'databaseId') ?? ''
    writeMeta(db, 'outbox', { databaseId, letters: after.slice(-mostKept) })
  })
  run.immediate()
}
