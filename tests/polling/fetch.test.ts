import { expect, test } from 'vitest'
import type { Hop } from '../../src-main/http/types.ts'
import { freshSeconds, retryAt } from '../../src-main/polling/cache-headers.ts'
import { type FetchOutcome, outcomeOf } from '../../src-main/polling/fetch.ts'

const now = Date.UTC(2026, 10, 2, 9)
const url = 'https://example.com/feed'
const hour = 3_600_000

function answer(status: number, headers: Record<string, string> = {}, body = '', hops: Hop[] = []): FetchOutcome {
  return outcomeOf({ kind: 'answer', status, headers, body: Buffer.from(body), url, hops }, null, now)
}

test.each<[string, FetchOutcome, object]>([
  ['200', answer(200, {}, '<rss/>'), { kind: 'modified', finalUrl: url, validators: null }],
  ['200 with nothing in it', answer(200), { kind: 'failed', failure: { reason: 'bad-answer' } }],
  ['204', answer(204), { kind: 'failed', failure: { reason: 'bad-answer' } }],
  ['401', answer(401), { kind: 'failed', failure: { reason: 'http', status: 401 } }],
  ['403', answer(403, { 'content-type': 'text/html' }, '<p>No'), { failure: { reason: 'http', status: 403 } }],
  ['404', answer(404), { kind: 'failed', failure: { reason: 'http', status: 404 } }],
  ['410', answer(410), { kind: 'failed', failure: { reason: 'gone' } }],
  ['429', answer(429), { kind: 'retry-later', status: 429, until: null, host: 'example.com' }],
  ['429 with a time', answer(429, { 'retry-after': '60' }), { kind: 'retry-later', until: now + 60_000 }],
  ['503 with a date', answer(503, { 'retry-after': new Date(now + hour).toUTCString() }), { until: now + hour }],
  ['500', answer(500), { kind: 'failed', failure: { reason: 'http', status: 500 } }],
  ['999', answer(999), { kind: 'failed', failure: { reason: 'http', status: 999 } }],
])('%s is told apart', (_name, outcome, expected) => {
  expect(outcome).toMatchObject(expected)
})

test.each([
  [403, '<title>Just a moment...</title><script src="/cdn-cgi/challenge-platform/h/b/orchestrate"></script>'],
  [503, '<script>window._cf_chl_opt={}</script><form id="cf-chl">'],
  [200, '<link href="/.within.website/x/cmd/anubis/static/x.css"><h1>Making sure you are not a bot!</h1>'],
  [403, '<script src="https://geo.captcha-delivery.com/captcha/"></script>'],
])('a wall against robots (%i) is recognised', (status, body) => {
  expect(answer(status, { 'content-type': 'text/html; charset=utf-8' }, body)).toMatchObject({
    kind: 'failed',
    failure: { reason: 'bot-wall', status, host: 'example.com' },
  })
})

test('an article about walls is none', () => {
  const body = '<rss><channel><item><title>challenge-platform explained</title></item></channel></rss>'
  expect(answer(200, { 'content-type': 'application/rss+xml' }, body).kind).toBe('modified')
})

test('a 304 replaces what it says anew and keeps the rest', () => {
  const sent = { url, etag: '"a"', lastModified: 'Mon, 02 Nov 2026 08:00:00 GMT' }
  const headers = { 'last-modified': 'Mon, 02 Nov 2026 09:00:00 GMT' }
  const outcome = outcomeOf({ kind: 'answer', status: 304, headers, body: new Uint8Array(), url, hops: [] }, sent, now)
  expect(outcome).toMatchObject({
    kind: 'not-modified',
    validators: { url, etag: '"a"', lastModified: headers['last-modified'] },
  })
})

test('validators that could not be sent back are not kept', () => {
  expect(answer(200, { etag: '"a\u0000b"', 'last-modified': 'x'.repeat(9_000) }, 'x')).toMatchObject({
    validators: null,
  })
})

test.each<[string, number[], string | null]>([
  ['a permanent redirect leads to a new address', [301], 'https://example.com/1'],
  ['a temporary one does not', [302], null],
  ['what follows a temporary one is not permanent', [308, 307, 301], 'https://example.com/1'],
  ['permanent ones in a row lead to the last', [301, 308], 'https://example.com/2'],
])('%s', (_name, statuses, target) => {
  const hops = statuses.map((status, index) => ({
    status,
    from: `https://example.com/${index}`,
    to: `https://example.com/${index + 1}`,
  }))
  expect(answer(200, {}, '<rss/>', hops)).toMatchObject({ movedTo: target })
})

test.each<[Record<string, string>, number | null]>([
  [{}, null],
  [{ 'retry-after': '120' }, now + 120_000],
  [{ 'retry-after': '99999999999' }, now + 7 * 24 * hour],
  [{ 'retry-after': '-5' }, null],
  [{ 'retry-after': 'soon' }, null],
  [{ 'retry-after': 'Mon, 02 Nov 2026 08:00:00 GMT' }, null],
])('Retry-After %j', (headers, at) => {
  expect(retryAt(headers, now)).toBe(at)
})

const date = new Date(now).toUTCString()
test.each<[Record<string, string>, number]>([
  [{}, 0],
  [{ 'cache-control': 'public, max-age=10800' }, 10_800],
  [{ 'cache-control': 'max-age=10800', age: '800' }, 10_000],
  [{ 'cache-control': 'max-age="600"' }, 600],
  [{ 'cache-control': 's-maxage=600' }, 0],
  [{ 'cache-control': 'no-cache, max-age=600' }, 0],
  [{ 'cache-control': 'no-store' }, 0],
  [{ expires: '0' }, 0],
  [{ date, expires: new Date(now + hour).toUTCString() }, 3_600],
  [{ date: new Date(now + hour).toUTCString(), expires: new Date(now + 2 * hour).toUTCString() }, 3_600],
  [{ expires: new Date(now - hour).toUTCString() }, 0],
  [{ 'cache-control': 'max-age=60', expires: new Date(now + hour).toUTCString() }, 60],
])('%j is fresh for %i s', (headers, seconds) => {
  expect(freshSeconds(headers, now)).toBe(seconds)
})
