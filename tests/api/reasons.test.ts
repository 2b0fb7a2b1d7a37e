import { describe, expect, test } from 'vitest'
import type { Failure } from '../../src-main/api/model.ts'
import { explain, explainInOneLine } from '../../src-main/api/reasons.ts'

const host = 'news.test'
/** One of each reason; the type makes this list fail to compile when a reason is added. */
const oneOfEach: { [R in Failure['reason']]: Extract<Failure, { reason: R }> } = {
  'bad-address': { reason: 'bad-address' },
  'unknown-name': { reason: 'unknown-name', name: 'the daily harbour' },
  'unclear-name': { reason: 'unclear-name', name: 'news', matches: [{ title: 'News', url: 'https://a.test/feed' }] },
  dns: { reason: 'dns', host },
  refused: { reason: 'refused', host },
  unreachable: { reason: 'unreachable', host },
  offline: { reason: 'offline' },
  'sign-in': { reason: 'sign-in' },
  tls: { reason: 'tls', host, detail: 'CERT_HAS_EXPIRED' },
  timeout: { reason: 'timeout', seconds: 10 },
  'too-slow': { reason: 'too-slow', seconds: 60 },
  'too-large': { reason: 'too-large', megabytes: 20 },
  http: { reason: 'http', status: 404 },
  'bot-wall': { reason: 'bot-wall', status: 403, host },
  'retry-later': { reason: 'retry-later', status: 429, until: 3_600_000, host },
  gone: { reason: 'gone' },
  'redirect-loop': { reason: 'redirect-loop' },
  'bad-redirect': { reason: 'bad-redirect', to: 'ftp://news.test/' },
  'private-address': { reason: 'private-address', host: '192.168.1.1' },
  'not-a-feed': { reason: 'not-a-feed', found: [] },
  malformed: { reason: 'malformed', detail: 'it ends in the middle', line: 12 },
  encoding: { reason: 'encoding', charset: 'x-mac-klingon' },
  'not-an-export': { reason: 'not-an-export', detail: 'there is no saved.json in it' },
  'not-a-list': { reason: 'not-a-list', found: 'picture' },
  'no-article': { reason: 'no-article', found: 'paywall', host },
  unsafe: { reason: 'unsafe', detail: 'it defines entities of its own' },
  'worker-limit': { reason: 'worker-limit', limit: 'time' },
  'bad-answer': { reason: 'bad-answer', detail: 'headers over 64 KB' },
  'cut-off': { reason: 'cut-off' },
  'not-stored': { reason: 'not-stored', fault: 'full', detail: 'SQLITE_FULL' },
}
const statuses = [400, 401, 402, 403, 404, 406, 410, 418, 429, 451, 500, 502, 503, 504, 204].map(
  status => ({ reason: 'http', status }) as const,
)
const pages = (['log-in', 'consent', 'bot-wall', 'error-page', 'not-an-article', 'less-than-feed'] as const).map(
  found => ({ reason: 'no-article', found, host }) as const,
)
const all: Failure[] = [...Object.values(oneOfEach), ...statuses, ...pages]

describe.each(all.map(failure => [JSON.stringify(failure), failure] as const))('%s', (_name, failure) => {
  test('is told in whole sentences: what, why, what next', () => {
    for (const text of Object.values(explain(failure))) expect(text).toMatch(/^[“A-Z0-9a-z].*[.!?]$/s)
  })

  test('has no words that only programmers know', () => {
    const words = Object.values(explain(failure)).join(' ')
    expect(words).not.toMatch(/undefined|null|NaN|\bDNS\b|\bTLS\b|\bSSL\b|ECONN|HTTP|\bXML\b|parse|exception|CERT_/)
  })

  test('fits in one line for the command line', () => {
    expect(explainInOneLine(failure)).not.toContain('\n')
  })
})

test.each<[string, Failure, string]>([
  ['not an address', { reason: 'bad-address' }, '“not an address” is not a web address.'],
  ['a.test/x', { reason: 'not-a-feed', found: [] }, 'No feed was found at a.test/x.'],
  [
    'https://a.test/x',
    { reason: 'http', status: 404 },
    'https://a.test/x: There is nothing at this address (error 404).',
  ],
  ['a.test/x', { reason: 'offline' }, 'a.test could not be asked: this computer is offline.'],
  ['a.test/x', { reason: 'sign-in' }, 'a.test could not be asked: this network wants you to sign in first.'],
  ['a.test/x', { reason: 'refused', host: 'a.test' }, 'a.test refused the connection.'],
  ['w'.repeat(90), { reason: 'gone' }, `${'w'.repeat(59)}…: The publisher says that the feed is gone for good.`],
])('what happened is said of what was typed: %s', (typed, failure, what) => {
  expect(explain(failure, { typed }).what).toBe(what)
})

test('each status that calls for another act has other words', () => {
  const told = [401, 403, 404, 410, 429, 500].map(status => explain({ reason: 'http', status }).next)
  expect(new Set(told).size).toBe(told.length)
})

test.each([
  ['CERT_HAS_EXPIRED', 'run out'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'another site'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'nobody we trust'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'no secure protocol'],
])('a certificate error %s says what is wrong with it', (detail, words) => {
  expect(explain({ reason: 'tls', host, detail }).what).toContain(words)
})

test.each<Failure>([
  ...[
    'UND_ERR_SOCKET',
    'gzip: Z_DATA_ERROR',
    'br: ERR__ERROR_FORMAT_RESERVED',
    'HPE_INVALID_CONSTANT',
    'ECONNRESET',
  ].map(detail => ({ reason: 'bad-answer', detail }) as const),
  { reason: 'malformed', detail: 'TypeError: x_ERR is no function', line: null },
  { reason: 'tls', host, detail: 'ERR_SSL_SOMETHING_NEW' },
  { reason: 'not-stored', fault: 'failing', detail: 'SQLITE_IOERR_WRITE' },
])('a code is for programmers and is not shown: %o', failure => {
  expect(JSON.stringify(explain(failure))).not.toMatch(/[A-Z]_[A-Z]|_ERR|ECONN/)
})

test.each([
  [30_000, 'for 1 minute.'],
  [20 * 60_000, 'for 20 minutes.'],
  [5 * 3_600_000, 'for 5 hours.'],
  [7 * 86_400_000, 'for 7 days.'],
])('a wait of %i ms is told as "%s"', (wait, words) => {
  const now = 1_000_000
  expect(explain({ reason: 'retry-later', status: 503, until: now + wait, host }, { now }).what).toContain(words)
})

test('what a server says cannot break the line or turn the text round', () => {
  const { what } = explain({ reason: 'malformed', detail: 'a\nb\u202ec'.repeat(100), line: null })
  expect(what).not.toMatch(/[\n\u202e]/)
  expect(what.length).toBeLessThan(400)
})

test('a feed is called by its name where it has one', () => {
  expect(explain({ reason: 'gone' }, { feedTitle: 'The Daily' }).what).toContain('“The Daily”')
})

test('feeds found instead are named', () => {
  expect(explain({ reason: 'not-a-feed', found: ['https://news.test/rss'] }).next).toContain('https://news.test/rss')
})
