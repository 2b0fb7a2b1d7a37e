/** What is remembered of a feed's server between polls, and how an outcome changes it. Pure; the rules are SAFETY E1 to E21. */
import type { Failure } from '../api/model.ts'
import { day } from '../lib/time.ts'

/** Kept as JSON in the feed's row. Times in ms. */
export type PollMemory = {
  /** Of the last body that could be read, and the address it belongs to. */
  validators: { url: string; etag: string | null; lastModified: string | null } | null
  /** Hash of the last body that could be read. */
  bodyHash: string | null
  /** When the whole feed was last sent. */
  fullAt: number | null
  freshSeconds: number
  ttlMinutes: number | null
  skipHours: number[]
  skipDays: number[]
  /** When there was last something new, by the publisher's date at first and then by ours. */
  newestAt: number | null
  /** How many answers in a row ended without closing the feed, though between two items and without a fault on the way. */
  unclosed: number
  /** Failures in a row for which the server may be to blame. */
  failures: number
  /** 429 and 503 in a row. */
  refusals: number
  /** Until when the server asked us to wait. */
  waitUntil: number | null
  /** When the server said 410, since it last said something else. */
  goneAt: number[]
  /** A permanent redirect that has yet to prove itself. */
  move: { to: string; since: number; successes: number } | null
  /** Where a move once led that the user took back: not again. */
  declinedMove: string | null
}

export const emptyMemory: PollMemory = {
  validators: null,
  bodyHash: null,
  fullAt: null,
  freshSeconds: 0,
  ttlMinutes: null,
  skipHours: [],
  skipDays: [],
  newestAt: null,
  unclosed: 0,
  failures: 0,
  refusals: 0,
  waitUntil: null,
  goneAt: [],
  move: null,
  declinedMove: null,
}

/** From the row. What is missing or cannot be read is as if never known: then the feed is asked for whole. */
export function readMemory(json: string | null): PollMemory {
  try {
    const stored: unknown = JSON.parse(json ?? '{}')
    return typeof stored === 'object' && stored !== null ? { ...emptyMemory, ...stored } : emptyMemory
  } catch {
    return emptyMemory
  }
}

type Answered = {
  validators: PollMemory['validators']
  freshSeconds: number
  movedTo: string | null
}

type Said = { ttlMinutes: number | null; skipHours: number[]; skipDays: number[]; newestAt: number | null }

/** What a poll came to. */
export type Happened =
  /** A body that is a feed, changed or not. */
  | ({
      kind: 'read'
      bodyHash: string
      /** Null where the body was the same as before and was not read again. */
      said: Said | null
      newArticles: number
      /** It is the publisher's way to leave the end away. */
      isUnclosed?: boolean
    } & Answered)
  /** A body that ends in the middle; what it holds was stored. */
  | { kind: 'cut-off'; failure: Failure; said: Said; newArticles: number; isUnclosed: boolean }
  | ({ kind: 'not-modified' } & Answered)
  | { kind: 'gone' }
  | { kind: 'retry-later'; until: number }
  | { kind: 'failed'; failure: Failure }

/** The memory after a poll. Failures change no validators: what is stored stays what it was. */
export function remember(memory: PollMemory, happened: Happened, now: number): PollMemory {
  if (happened.kind === 'retry-later') {
    return { ...memory, refusals: memory.refusals + 1, waitUntil: happened.until }
  }
  if (happened.kind === 'gone') {
    return { ...memory, goneAt: [...memory.goneAt.filter(at => at <= now), now].slice(-10), waitUntil: null }
  }
  if (happened.kind === 'failed') {
    const failures = memory.failures + (isConnectivity(happened.failure) ? 0 : 1)
    return { ...memory, failures, waitUntil: null }
  }
  if (happened.kind === 'cut-off') return afterCutOff(memory, happened, now)
  // What is not closed may be asked for whole at any time: a validator would keep the rest away.
  const isUnclosed = happened.kind === 'read' && happened.isUnclosed === true
  const answered = {
    ...memory,
    validators: isUnclosed ? null : happened.validators,
    unclosed: isUnclosed ? memory.unclosed + 1 : 0,
    freshSeconds: happened.freshSeconds,
    failures: 0,
    refusals: 0,
    waitUntil: null,
    goneAt: [],
    move: moveAfter(memory, happened.movedTo, now),
  }
  if (happened.kind === 'not-modified') return answered
  const { said } = happened
  return {
    ...answered,
    bodyHash: happened.bodyHash,
    fullAt: now,
    ttlMinutes: said ? said.ttlMinutes : memory.ttlMinutes,
    skipHours: said ? said.skipHours : memory.skipHours,
    skipDays: said ? said.skipDays : memory.skipDays,
    newestAt: newestAfter(memory, happened, now),
  }
}

/** Nothing by which the server could say that we have it all; and ever later, as after any failure. */
function afterCutOff(memory: PollMemory, happened: Extract<Happened, { kind: 'cut-off' }>, now: number): PollMemory {
  return {
    ...memory,
    validators: null,
    bodyHash: null,
    newestAt: newestAfter(memory, happened, now),
    unclosed: happened.isUnclosed ? memory.unclosed + 1 : 0,
    failures: memory.failures + 1,
    refusals: 0,
    waitUntil: null,
    goneAt: [],
  }
}

/** At first the publisher's dates say how lively the feed is; later what arrives does, since dates can lie. */
type Read = Pick<Extract<Happened, { kind: 'read' }>, 'said' | 'newArticles'>

function newestAfter(memory: PollMemory, happened: Read, now: number): number | null {
  if (memory.fullAt === null) return happened.said?.newestAt == null ? now : Math.min(happened.said.newestAt, now)
  return happened.newArticles > 0 ? now : memory.newestAt
}

function moveAfter({ move: known, declinedMove }: PollMemory, movedTo: string | null, now: number): PollMemory['move'] {
  if (movedTo === null || movedTo === declinedMove) return null
  if (known?.to !== movedTo || known.since > now) return { to: movedTo, since: now, successes: 1 }
  return { ...known, successes: known.successes + 1 }
}

/** Failures that are as likely ours as the server's: they neither count nor slow a feed down (E10). */
export function isConnectivity({ reason }: Failure): boolean {
  return reason === 'dns' || reason === 'unreachable' || reason === 'offline'
}

const unclosedAnswers = 2

/** Whether a feed that is not closed at its end has come like that so often that it is how its publisher writes it. */
export function isUnclosedByHabit({ unclosed }: PollMemory): boolean {
  return unclosed >= unclosedAnswers
}

const proofSuccesses = 5
const proofTime = 2 * day
/** Captive portals and sign-in pages redirect permanently, too. */
const suspicious = /log-?in|sign-?in|sign-?up|register|captive|portal|consent|suspended|parking|expired/i

/** The address to follow from now on, once a permanent redirect has proven itself (E12), or null. */
export function provenMove(from: string, { move }: PollMemory, now: number): string | null {
  if (!move || move.successes < proofSuccesses || now - move.since < proofTime) return null
  const [old, next] = [URL.parse(from), URL.parse(move.to)]
  if (!next || (old?.protocol === 'https:' && next.protocol === 'http:')) return null
  return suspicious.test(next.hostname + next.pathname) ? null : move.to
}

const goneAnswers = 3
const goneTime = 3 * day

/** Whether the publisher has said often and long enough that the feed is gone (E11). */
export function isGone({ goneAt }: PollMemory): boolean {
  const first = goneAt[0]
  const last = goneAt.at(-1)
  return first !== undefined && last !== undefined && goneAt.length >= goneAnswers && last - first >= goneTime
}

const fullFetchEvery = 8 * day
/** Their owners have asked readers not to do this; their 304 can be trusted. */
const trusted = ['openrss.org', 'rachelbythebay.com']

/**
 * The validators to send, or null to ask for everything: at first, and every 8 days, since some servers answer 304 to
 * whatever they are asked (E19).
 */
export function validatorsToSend({ validators, fullAt }: PollMemory, now: number): PollMemory['validators'] {
  if (!validators || fullAt === null || fullAt > now) return validators
  const host = URL.parse(validators.url)?.hostname ?? ''
  const isTrusted = trusted.some(name => host === name || host.endsWith(`.${name}`))
  return now - fullAt > fullFetchEvery && !isTrusted ? null : validators
}
