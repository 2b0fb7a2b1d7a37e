import { expect, test } from 'vitest'
import { type LinkState, linkEngine, type PortSource } from '../../src-main/api/contract/link.ts'
import type { Call } from '../../src-main/api/contract/rpc.ts'
import type { Port } from '../../src-main/api/ports.ts'
import { call, everyCall } from '../support/commands-table.ts'

/** An engine at the other end of each port: answers what `answer` says, and can be ended. */
class Host implements PortSource {
  answer: (call: Call) => unknown = () => ({})
  connections = 0
  refusals = 0
  #listener: (message: unknown) => void = () => {}
  #onClose = () => {}

  async next(): Promise<Port> {
    if (this.refusals-- > 0) throw new Error('refused')
    this.connections++
    return {
      send: message => {
        const call = message as Call
        const output = this.answer(call)
        if (output !== undefined) queueMicrotask(() => this.#listener({ id: call.id, output }))
      },
      onMessage: listener => {
        this.#listener = listener
      },
      onClose: listener => {
        this.#onClose = listener
      },
      close: () => {},
    }
  }

  announce(event: string, payload: unknown): void {
    this.#listener({ event, payload })
  }

  end(): void {
    this.#onClose()
  }
}

const noWait = async () => {}
const settled = () => new Promise(resolve => setTimeout(resolve, 0))

test('a call made before the connection is there waits for it', async () => {
  const host = new Host()
  host.refusals = 3
  host.answer = ({ name }) => ({ text: name })
  expect(await linkEngine(host, noWait).engine.exportOpml({})).toEqual({ text: 'exportOpml' })
})

/** What it does is the same when it is done twice. */
const againAllTheSame = ['openArticle', 'fetchFullText', 'showFullText', 'lookAtStory']

test.each(everyCall)('$name, whose connection ends: what reads is asked again, what acts is refused', async row => {
  const host = new Host()
  host.answer = ({ name }) => (host.connections === 1 ? undefined : { text: name })
  const answer = call(linkEngine(host, noWait).engine, row.name, {}).catch(error => error)
  await settled()
  host.end()
  // It may have been done.
  const isAskedAgain = row.kind === 'reads' || againAllTheSame.includes(row.name)
  const expected = isAskedAgain ? { text: row.name } : { code: 'closed' }
  expect(await answer).toMatchObject(expected)
})

test('listeners hear the events of every later connection, once each', async () => {
  const host = new Host()
  const { engine } = linkEngine(host, noWait)
  const heard: unknown[] = []
  engine.on('sources-changed', payload => heard.push(payload))
  await settled()
  host.announce('sources-changed', { from: 1 })
  host.end()
  await settled()
  const stop = engine.on('sources-changed', payload => heard.push(payload))
  await settled()
  host.announce('sources-changed', { from: 2 })
  stop()
  host.announce('sources-changed', { from: 3 })
  expect(heard).toEqual([{ from: 1 }, { from: 2 }, { from: 2 }, { from: 3 }])
})

test('the state tells of a lost connection and of the next one', async () => {
  const host = new Host()
  const link = linkEngine(host, noWait)
  const states: LinkState[] = []
  link.onState(state => states.push(state))
  await settled()
  host.end()
  await settled()
  expect(states).toEqual(['connecting', 'open', 'lost', 'open'])
})

test('tries come at once, then ever later, and never more than a second apart', async () => {
  const host = new Host()
  host.refusals = 9
  const waits: number[] = []
  linkEngine(host, async ms => void waits.push(ms))
  await settled()
  expect(waits).toEqual([50, 100, 200, 400, 800, 1_000, 1_000, 1_000, 1_000])
})

test('a page without a key says so and asks nobody', () => {
  const states: LinkState[] = []
  linkEngine(null, noWait).onState(state => states.push(state))
  expect(states).toEqual(['no-token'])
})
