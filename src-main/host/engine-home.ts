/** Where an engine runs: a thread of this process (here), or in Electron a process of its own (electron/engine/engine-process.ts). */
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads'
import type { EngineStart } from '../api/engine-thread.ts'
import { type Port, portOfNodePort, portOfWorker } from '../api/ports.ts'
import { environmentOfThread } from './compile-cache.ts'

/** `End`: one of the two ends of a connection between a window and the engine. */
export type EngineHome<End extends { close(): void }> = {
  /** Starts the program `file`. */
  spawn(file: string, start: EngineStart): SpawnedEngine<End>
  /** Makes a connection: the window's end, and the engine's. */
  channel(): { window: End; engine: End }
  /** To speak on an end that has not been handed on. */
  portOf(end: End): Port
}

/**
 * An engine that is starting or running: a port for the calls and events of api/engine-thread.ts. It closes when the engine has
 * ended, however that came; closing it kills the engine.
 */
export type SpawnedEngine<End> = Port & {
  /** Hands the engine its end of a connection. */
  attach(end: End): void
}

/**
 * What V8 may take for the engine's objects, in MB. With a million articles the engine had 182 in all, its Node included, and the
 * largest import is a text of 280; what takes more runs away, and ends with its engine before it fills the computer. Young ones:
 * answers fill most of what V8 gives them before any is collected, be it 6 or its default of 48. 12 saved nothing in a first look
 * at a mailbox (295 to 301 MB in five runs, where it was 294 to 300), and earlier, with 6 or 12, a window waited over 100 ms in
 * four of six, with 24 in four of 26.
 */
export const engineMemory = { mostMb: 1_024, youngMb: 24 }

/** The engine as a thread of this process: the web host's, the command line's and the tests' home. */
export const threadHome: EngineHome<MessagePort> = {
  spawn(file, start) {
    const worker = new Worker(file, {
      workerData: start,
      name: 'engine',
      env: environmentOfThread(),
      resourceLimits: { maxOldGenerationSizeMb: engineMemory.mostMb, maxYoungGenerationSizeMb: engineMemory.youngMb },
    })
    return { ...portOfWorker(worker), attach: end => worker.postMessage({ connection: end }, [end]) }
  },
  channel() {
    const { port1, port2 } = new MessageChannel()
    return { window: port1, engine: port2 }
  },
  portOf: portOfNodePort,
}
