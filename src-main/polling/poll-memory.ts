/** What is remembered of a feed's server between polls, and how an outcome changes it. The rules: docs/etiquette.md. */
import type { Failure } from '../api/model.ts'
import { isConnectivity } from '../http/network.ts'
import { day } from '../lib/time.ts'
import type { Answered, Validators } from './fetch.ts'

/** Kept as JSON in the feed's row. Times in ms. */
export type PollMemory = {
  /** Of the last body that could be read. */
  validators: Validators | null
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
  /** Answers in a row that did not close the feed, but ended between two items and without a fault of the connection. */
  unclosed: number
  /** Failures in a row for which the server may be to blame. */
  failures: number
  /** 429 and 503 in a row. */
  refusals: number
  /** When the server said 410, since it last said something else. */
  goneAt: number[]
  /** A permanent redirect that has yet to prove itself. */
  move: { to: string; since: number; successes: number } | null
  /** The target of a move that the user has undone: not taken again. */
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
  goneAt: [],
  move: null,
  declinedMove: null,
}

/** From the row. What is missing or unreadable counts as not known: then the feed is asked for whole. */
export function readMemory(json: string | null): PollMemory {
  try {
    const stored: unknown = JSON.parse(json ?? '{}')
    return typeof stored === 'object' && stored !== null ? { ...emptyMemory, ...stored } : emptyMemory
  } catch {
    return emptyMemory
  }
}

/** What the publisher says of the feed's pace, in the feed itself. */
type Hints = { ttlMinutes: number | null; skipHours: number[]; skipDays: number[]; newestAt: number | null }

/** What a poll came to. */
export type PollOutcome =
  /** A body that is a feed, changed or not. */
  | ({
      kind: 'read'
      bodyHash: string
      /** Null where the body is the same as before, and was not read again. */
      hints: Hints | null
      newArticles: number
      /** Its publisher leaves the end away by habit. */
      isUnclosed?: boolean
    } & Answered)
  /** A body that ends in the middle; what it holds was stored. */
  | { kind: 'cut-off'; failure: Failure; hints: Hints; newArticles: number; isUnclosed: boolean }
  | ({ kind: 'not-modified' } & Answered)
  | { kind: 'failed'; failure: Failure }

/** The memory after a poll. Failures change no validators: what is stored stays what it was. */
export function remember(memory: PollMemory, outcome: PollOutcome, now: number): PollMemory {
  switch (outcome.kind) {
    case 'failed':
      return afterFailure(memory, outcome.failure, now)
    case 'cut-off':
      return afterCutOff(memory, outcome, now)
    case 'not-modified':
      return afterAnswer(memory, outcome, now)
    case 'read': {
      const { ttlMinutes, skipHours, skipDays } = outcome.hints ?? memory
      const newestAt = newestAfter(memory, outcome, now)
      const { bodyHash } = outcome
      return { ...afterAnswer(memory, outcome, now), bodyHash, fullAt: now, ttlMinutes, skipHours, skipDays, newestAt }
    }
  }
}

function afterFailure(memory: PollMemory, failure: Failure, now: number): PollMemory {
  if (failure.reason === 'retry-later') return { ...memory, refusals: memory.refusals + 1 }
  if (failure.reason === 'gone')
    return { ...memory, goneAt: [...memory.goneAt.filter(at => at <= now), now].slice(-10) }
  return isConnectivity(failure) ? memory : { ...memory, failures: memory.failures + 1 }
}

function afterAnswer(memory: PollMemory, outcome: Answered & { isUnclosed?: boolean }, now: number): PollMemory {
  const { validators, freshSeconds, movedTo, isUnclosed = false } = outcome
  return {
    ...memory,
    // An unclosed feed may be cut off the next time: validators would keep the rest away.
    validators: isUnclosed ? null : validators,
    unclosed: isUnclosed ? memory.unclosed + 1 : 0,
    freshSeconds,
    failures: 0,
    refusals: 0,
    goneAt: [],
    move: moveAfter(memory, movedTo, now),
  }
}

/** Without validators and hash, so that the server sends the rest; and with the backoff of a failure (E22). */
function afterCutOff(memory: PollMemory, outcome: Extract<PollOutcome, { kind: 'cut-off' }>, now: number): PollMemory {
  return {
    ...memory,
    validators: null,
    bodyHash: null,
    newestAt: newestAfter(memory, outcome, now),
    unclosed: outcome.isUnclosed ? memory.unclosed + 1 : 0,
    failures: memory.failures + 1,
    refusals: 0,
    goneAt: [],
  }
}

type Read = { hints: Hints | null; newArticles: number }

/** At first the publisher's dates say how lively the feed is; later what arrives does, since dates can lie. */
function newestAfter(memory: PollMemory, { hints, newArticles }: Read, now: number): number | null {
  if (memory.fullAt === null) return Math.min(hints?.newestAt ?? now, now)
  return newArticles > 0 ? now : memory.newestAt
}

function moveAfter({ move: known, declinedMove }: PollMemory, movedTo: string | null, now: number): PollMemory['move'] {
  if (movedTo === null || movedTo === declinedMove) return null
  if (known?.to !== movedTo || known.since > now) return { to: movedTo, since: now, successes: 1 }
  return { ...known, successes: known.successes + 1 }
}

const unclosedAnswers = 2

/** Whether a feed came unclosed so often that its publisher must write it so. */
export function isUnclosedByHabit({ unclosed }: PollMemory): boolean {
  return unclosed >= unclosedAnswers
}

const proofSuccesses = 5
const proofTime = 2 * day
/** Captive portals and sign-in pages answer with permanent redirects, too. */
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
/** Their owners have asked readers not to do this; their 304 can be believed. */
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
