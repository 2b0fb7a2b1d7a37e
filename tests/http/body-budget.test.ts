import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import zlib from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { BodyBudget, type BodyShare } from '../../src-main/http/body/body-budget.ts'
import type { Http, HttpAnswer } from '../../src-main/http/types.ts'
import type { TestServer } from './http-server.ts'
import { httpWorld } from './http-world.ts'

const world = httpWorld()

const large = 3_000_000
const limit = 2_000_000
const small = 100_000
/** What a socket and a decoder may bring before they stop, or what one chunk of it is. */
const slack = 4 * 65_536
const body = Buffer.alloc(large, 'some words of a feed that is far too long, ')
const packed = zlib.gzipSync(body)
/** It breaks off shortly before its end. */
const half = packed.subarray(0, -100)

/** A path for each way of sending a body; /silence sends nothing, and /reset ends the connections of /held. */
function largeServer(): Promise<TestServer> {
  const held = new Set<ServerResponse>()
  const paths: Record<string, (response: ServerResponse) => void> = {
    '/silence': () => {},
    '/small': response => response.end('small'),
    '/plain': response => response.end(body),
    '/packed': response => response.setHeader('content-encoding', 'gzip').end(packed),
    '/half': response => response.setHeader('content-encoding', 'gzip').write(half, () => response.destroy()),
    '/held'(response) {
      held.add(response)
      response.setHeader('content-encoding', 'gzip').write(half)
    },
    '/reset'(response) {
      for (const one of held) (one.socket as Socket).resetAndDestroy()
      response.end('small')
    },
  }
  return world.server((request, response) => paths[request.url ?? '']?.(response))
}

type Asked = { share: BodyShare; answer: Promise<HttpAnswer> }

function ask(http: Http, at: TestServer, path: string, share: BodyShare): Asked {
  return { share, answer: http.get({ url: at.base + path, accept: '*/*', privateHost: at.host, share }) }
}

function sizeOf(answer: HttpAnswer): number {
  return answer.kind === 'answer' ? answer.body.length : (answer.partial?.body.length ?? 0)
}

async function sizeOfThenClose({ share, answer }: Asked): Promise<number> {
  const size = sizeOf(await answer)
  share.close()
  return size
}

/** The most that the budget counts at any moment until `work` is done. */
async function mostHeld(budget: BodyBudget, work: Promise<unknown>): Promise<number> {
  let most = 0
  let isDone = false
  const look = () => {
    most = Math.max(most, budget.held())
    if (!isDone) setImmediate(look)
  }
  look()
  await work
  isDone = true
  return most
}

describe('large bodies that come at the same time', () => {
  test.each(['/plain', '/packed', '/half'])(
    'hold no more than the budget and one of them, and all arrive (%s)',
    async path => {
      const at = await largeServer()
      const http = world.client()
      const budget = new BodyBudget({ limit, small })
      const count = 20
      const sizes = Array.from({ length: count }, () => sizeOfThenClose(ask(http, at, path, budget.open())))
      const most = await mostHeld(budget, Promise.all(sizes))
      expect(most).toBeLessThanOrEqual(limit + 2 * large + count * (small + slack))
      expect(most).toBeLessThan((count * large) / 2)
      for (const size of await Promise.all(sizes)) expect(size).toBeGreaterThan(large * 0.9)
      expect(budget.held()).toBe(0)
    },
  )

  test('are waited for by one another, not by a small one', async () => {
    const at = await largeServer()
    const http = world.client()
    const budget = new BodyBudget({ limit, small })
    const [first, second] = [ask(http, at, '/plain', budget.open()), ask(http, at, '/plain', budget.open())]
    await Promise.race([first.answer, second.answer])
    expect(sizeOf(await ask(http, at, '/small', budget.open()).answer)).toBe(5)
    const sizes = [first, second].map(sizeOfThenClose)
    expect(await Promise.all(sizes)).toEqual([large, large])
  })

  test.each([
    ['/plain', large],
    ['/packed', large],
  ])('are not too slow for the time that they wait for others (%s)', async (path, size) => {
    const at = await largeServer()
    const http = world.client({ limits: { whole: 400, dripWindow: 100 } })
    const budget = new BodyBudget({ limit, small: 1_000 })
    const blocker = budget.open()
    blocker.grow(10 * large)
    const waiting = ask(http, at, path, budget.open())
    let isAnswered = false
    void waiting.answer.then(() => {
      isAnswered = true
    })
    // A server that says nothing runs out of the time that they both have.
    expect(await ask(http, at, '/silence', budget.open()).answer).toMatchObject({ failure: { reason: 'too-slow' } })
    expect(isAnswered).toBe(false)
    blocker.close()
    expect(sizeOf(await waiting.answer)).toBe(size)
  })

  test('are unpacked only when they may go on, although their connection breaks meanwhile', async () => {
    const at = await largeServer()
    const http = world.client({ limits: { whole: 400 } })
    const budget = new BodyBudget({ limit, small: 1_000 })
    const blocker = budget.open()
    blocker.grow(10 * large)
    const asked = Array.from({ length: 5 }, () => ask(http, at, '/held', budget.open()))
    const arrived = 10 * large + asked.length * half.length
    await expect.poll(() => budget.held()).toBe(arrived)
    await ask(http, at, '/reset', budget.open()).answer
    await ask(http, at, '/silence', budget.open()).answer
    expect(budget.held()).toBeLessThan(arrived + 1_000)
    blocker.close()
    const sizes = asked.map(sizeOfThenClose)
    for (const size of await Promise.all(sizes)) expect(size).toBeGreaterThan(large * 0.9)
  })
})
