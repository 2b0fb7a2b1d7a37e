import { describe, expect, test } from 'vitest'
import { hasToken, refusalStatus, upgradeRefusalStatus } from '../../src-main/web/guard.ts'

const port = 4_000
const token = 'ab'.repeat(32)
const own = { host: `127.0.0.1:${port}` }
const get = (headers: object, url = '/') => refusalStatus({ method: 'GET', url, headers: { ...own, ...headers } }, port)
const upgrade = (headers: object, url = '/ws') =>
  upgradeRefusalStatus({ method: 'GET', url, headers: { ...own, ...headers } }, port, token)
const page = { origin: `http://127.0.0.1:${port}`, 'sec-websocket-protocol': `broadsheet.v1, token.${token}` }

describe('a request is', () => {
  test.each([
    ['let in from this address', {}, null],
    ['let in from localhost', { host: `localhost:${port}`, origin: `http://localhost:${port}` }, null],
    ['let in as a page of its own asks', { origin: `http://127.0.0.1:${port}`, 'sec-fetch-site': 'same-origin' }, null],
    ['refused under another name', { host: `evil.test:${port}` }, 421],
    ['refused under a name that starts like ours', { host: `127.0.0.1.evil.test:${port}` }, 421],
    ['refused on another port', { host: '127.0.0.1:4001' }, 421],
    ['refused without a host', { host: undefined }, 421],
    ['refused from another origin', { origin: 'http://evil.test' }, 403],
    ['refused from the null origin', { origin: 'null' }, 403],
    ['refused from our other name', { origin: `http://localhost:${port}` }, 403],
    ['refused from another port', { origin: 'http://127.0.0.1:4001' }, 403],
    ['refused when another site embeds it', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }, 403],
    ['refused in a frame of another site', elsewhere('iframe'), 403],
    ['let in when another page leads the whole window to it', elsewhere('document'), null],
    ['refused with a body', { 'content-length': '5' }, 413],
    ['refused with a body of unknown length', { 'transfer-encoding': 'chunked' }, 413],
    ['refused with a senseless length', { 'content-length': 'x' }, 413],
  ])('%s', (_name, headers, status) => {
    expect(get(headers)).toBe(status)
  })

  test.each(['http://evil.test/', '//evil.test/', '/\\evil.test/', '/\\[', '*', ''])(
    'refused for the address %j',
    url => {
      expect(get({}, url)).toBe(400)
    },
  )
})

describe('a WebSocket is', () => {
  test.each([
    ['opened for our page with the token', page, null],
    ['refused without an origin', { ...page, origin: undefined }, 403],
    ['refused from another origin', { ...page, origin: 'http://evil.test' }, 403],
    ['refused without the token', { ...page, 'sec-websocket-protocol': 'broadsheet.v1' }, 401],
    [
      'refused with another token',
      { ...page, 'sec-websocket-protocol': `broadsheet.v1, token.${'0'.repeat(64)}` },
      401,
    ],
    [
      'refused with half the token',
      { ...page, 'sec-websocket-protocol': `broadsheet.v1, token.${'ab'.repeat(16)}` },
      401,
    ],
    ['refused with an empty token', { ...page, 'sec-websocket-protocol': 'broadsheet.v1, token.' }, 401],
    ['refused without our protocol', { ...page, 'sec-websocket-protocol': `token.${token}` }, 400],
    ['refused by rebinding', { ...page, host: `evil.test:${port}`, origin: `http://evil.test:${port}` }, 421],
  ])('%s', (_name, headers, status) => {
    expect(upgrade(headers)).toBe(status)
  })

  test('opened at its own address only', () => {
    expect(upgrade(page, '/')).toBe(404)
    expect(upgrade(page, '/ws?x=1')).toBeNull()
  })
})

test('the token may also come as a bearer, and only whole', () => {
  expect(hasToken({ authorization: `Bearer ${token}` }, token)).toBe(true)
  expect(hasToken({ authorization: `Bearer ${token}0` }, token)).toBe(false)
  expect(hasToken({ authorization: token }, token)).toBe(false)
  expect(hasToken({ cookie: `token=${token}` }, token)).toBe(false)
})

function elsewhere(destination: string): object {
  return { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': destination }
}
