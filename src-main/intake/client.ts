/** The intake as the engine's thread sees it. */

import { CallError, type Client, connectTo } from '../api/contract/rpc.ts'
import type { Power } from '../api/model.ts'
import { type NodeWorker, portOfWorker } from '../api/ports.ts'
import type { Intake, IntakeEvents, IntakeThread } from './protocol.ts'

type Thread = Client<IntakeThread, IntakeEvents>

export type IntakeClient = Intake & {
  /** Listens to an event from now on, also before the thread is started. */
  on<E extends keyof IntakeEvents>(event: E, listener: (payload: IntakeEvents[E]) => void): void
  /** Starts the thread now, if it has not been started: it then polls by itself. */
  begin(): void
  /** Lets what is being stored finish, ends the thread's connection, and answers when it is closed. */
  close(): Promise<void>
}

/**
 * The thread starts when something first needs it: loading it takes as long as all else that a start does, and listing
 * articles needs no client for HTTP. When it dies, calls under way are refused.
 */
export function createIntakeClient(start: () => NodeWorker): IntakeClient {
  const subscriptions: ((thread: Thread) => void)[] = []
  let thread: Thread | null = null
  let isClosed = false
  /** As it was told last: the thread may start later. */
  let power: Power | null = null

  function running(): Thread {
    if (thread) return thread
    if (isClosed) throw new CallError('closed', 'the intake thread ended')
    thread = connectTo<IntakeThread, IntakeEvents>(portOfWorker(start()))
    for (const subscribe of subscriptions) subscribe(thread)
    if (power) void thread.setPower(power).catch(() => undefined)
    return thread
  }

  return {
    begin: () => void running(),
    discover: async request => running().discover(request),
    addFeed: async request => running().addFeed(request),
    refresh: async request => running().refresh(request),
    fetchFullText: async request => running().fetchFullText(request),
    media: async request => running().media(request),
    openRecording: async request => running().openRecording(request),
    readRecording: async request => running().readRecording(request),
    closeRecording: async request => thread?.closeRecording(request),
    chapters: async request => running().chapters(request),
    redrawIcon: async request => running().redrawIcon(request),
    savePage: async request => running().savePage(request),
    keepPictures: async request => running().keepPictures(request),
    testMailbox: async request => running().testMailbox(request),
    sendMail: async request => running().sendMail(request),
    tellSender: async request => running().tellSender(request),
    importMail: async request => running().importMail(request),
    // A thread that is not there looks at all of them when it starts.
    mailChanged: async request => thread?.mailChanged(request),
    keepSaved: async () => running().keepSaved(),
    sweepPictures: async () => running().sweepPictures(),
    async setPower(told) {
      power = told
      await thread?.setPower(told)
    },
    // A thread that is not there has no refresh to cancel, and reads the schedule when it starts.
    cancelRefresh: async () => thread?.cancelRefresh(),
    scheduleChanged: async () => thread?.scheduleChanged(),
    on(event, listener) {
      subscriptions.push(to => to.on(event, listener))
      thread?.on(event, listener)
    },
    async close() {
      isClosed = true
      await thread?.shutDown().catch(() => undefined)
    },
  }
}
