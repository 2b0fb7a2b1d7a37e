/**
 * The intake, whose thread starts when something first needs it. Loading it takes as long as all else that a start does,
 * and who lists articles needs no client for HTTP.
 */
import { connectIntake, type IntakeClient, type IntakePort } from './client.ts'
import type { IntakeEvents } from './protocol.ts'

export type LateIntake = IntakeClient & {
  /** Starts the thread now, where it has not been started: it then polls by itself. */
  begin(): void
}

export function createLateIntake(start: () => IntakePort): LateIntake {
  const listens = new Set<(client: IntakeClient) => void>()
  let client: IntakeClient | null = null
  let isClosed = false

  function begin(): IntakeClient {
    if (client) return client
    if (isClosed) throw new Error('the intake thread ended')
    client = connectIntake(start())
    for (const listen of listens) listen(client)
    return client
  }

  return {
    begin: () => void begin(),
    discover: async request => begin().discover(request),
    addFeed: async request => begin().addFeed(request),
    refresh: async request => begin().refresh(request),
    media: async request => begin().media(request),
    redrawIcon: async request => begin().redrawIcon(request),
    // What is not there refreshes nothing, and will look at the schedule when it comes.
    cancelRefresh: async () => client?.cancelRefresh(),
    scheduleChanged: async () => client?.scheduleChanged(),
    on<E extends keyof IntakeEvents>(event: E, listener: (payload: IntakeEvents[E]) => void) {
      let stop: () => void = () => {}
      const listen = (started: IntakeClient) => {
        stop = started.on(event, listener)
      }
      listens.add(listen)
      if (client) listen(client)
      return () => {
        listens.delete(listen)
        stop()
      }
    },
    async close() {
      isClosed = true
      await client?.close()
    },
  }
}
