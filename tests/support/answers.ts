/**
 * A page whose engine answers some calls as a test says, for states that are rare or slow to reach for real: a full disk, a
 * database of gigabytes. All other calls go to the real engine.
 */

import type { Page, WebSocketRoute } from 'playwright/test'
import type { Input, Name, Output } from '../../src-main/api/contract/contract.ts'
import type { EventName, Events } from '../../src-main/api/contract/events.ts'
import type { Call } from '../../src-main/api/contract/rpc.ts'
import type { EngineErrorCode } from '../../src-main/api/errors.ts'
import type { HostEvents } from '../../src-main/api/host/events.ts'

export type Refusal = { error: EngineErrorCode }
export type Answers = { [N in Name]?: (input: Input<N>) => Output<N> | Refusal | Promise<Output<N> | Refusal> }

export type AnsweredPage = {
  /** May be changed at any time; a call without an entry goes to the engine. */
  answers: Answers
  /** Calls that wait for this promise before they go to the engine. */
  heldBack: { [N in Name]?: Promise<void> }
  /** Sends the window an event, as the engine would. */
  announce<E extends EventName>(event: E, payload: Events[E]): void
}

/** Must be called before the page is opened. */
export async function answerInstead(page: Page, answers: Answers): Promise<AnsweredPage> {
  const answered: Pick<AnsweredPage, 'answers' | 'heldBack'> = { answers, heldBack: {} }
  let socket: WebSocketRoute | null = null
  await page.routeWebSocket(/\/ws$/, route => {
    socket = route
    const server = route.connectToServer()
    route.onMessage(async message => {
      const call = JSON.parse(String(message)) as Call
      await answered.heldBack[call.name as Name]
      const answer = answered.answers[call.name as Name] as ((input: unknown) => unknown) | undefined
      if (!answer) return server.send(message)
      const output = await answer(call.input)
      const isRefusal = typeof output === 'object' && output !== null && 'error' in output
      const reply = isRefusal ? { error: { code: (output as Refusal).error, detail: '' } } : { output }
      route.send(JSON.stringify({ id: call.id, ...reply }))
    })
  })
  return Object.assign(answered, {
    announce<E extends EventName>(event: E, payload: Events[E]) {
      socket?.send(JSON.stringify({ event, payload }))
    },
  })
}

/** Sends the window an event over a port, as Electron's main process would. */
export async function announceFromHost<E extends keyof HostEvents>(page: Page, event: E, payload: HostEvents[E]) {
  const message = JSON.stringify({ event, payload })
  await page.evaluate(`{
    const { port1, port2 } = new MessageChannel()
    window.postMessage('broadsheet-host-port', location.origin, [port2])
    port1.postMessage(${message})
  }`)
}
