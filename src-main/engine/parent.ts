/** The engine's end of its home: a thread of the host's process, or in Electron a utility process of its own. */
import { setFlagsFromString } from 'node:v8'
import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import type { EngineStart } from '../api/engine-thread.ts'
import { type ElectronPort, type Port, portOfElectronPort, portOfNodePort } from '../api/ports.ts'
import { isStructureWithinBounds } from '../lib/message-bounds.ts'

/** What the host gives an engine. Messages are kept until the first listener is there. */
export type Parent = {
  start: EngineStart
  /** For the host's calls. */
  port: Port
  /** Called with the engine's end of each window's connection. */
  onConnection(listener: (port: Port) => void): void
}

/** Electron's `process.parentPort`, which only a utility process has. */
type UtilityPort = {
  postMessage(message: unknown): void
  on(name: 'message', listener: (event: { data: unknown; ports: ElectronPort[] }) => void): unknown
}

/** The parent of this thread or process. Throws where there is none. */
export function findParent(): Parent {
  const { parentPort: utilityPort } = process as { parentPort?: UtilityPort }
  if (utilityPort) return parentOfProcess(utilityPort)
  if (parentPort) return parentOfThread(parentPort)
  throw new Error('the engine is started by a host')
}

function parentOfThread(port: MessagePort): Parent {
  return {
    start: workerData as EngineStart,
    port: portOfNodePort(port),
    onConnection: listener =>
      void port.on('message', (message: { connection?: MessagePort }) => {
        if (message.connection) listener(portOfNodePort(message.connection))
      }),
  }
}

function parentOfProcess(port: UtilityPort): Parent {
  letThreadsHaveOwnLimits()
  return {
    start: JSON.parse(process.argv[2] ?? '') as EngineStart,
    port: {
      send: message => port.postMessage(message),
      onMessage: listener => void port.on('message', ({ data }) => listener(data)),
      // The process ends with its host, by whose death or kill.
      onClose: () => undefined,
      close: () => process.exit(),
    },
    onConnection: listener =>
      void port.on('message', ({ ports: [end] }) => {
        if (end) listener(withinBounds(portOfElectronPort(end)))
      }),
  }
}

/** The flags that limit this process's memory have done so by now. They would hold for its threads, too, instead of those threads' own limits. */
function letThreadsHaveOwnLimits(): void {
  setFlagsFromString('--max-old-space-size=0')
  setFlagsFromString('--max-semi-space-size=0')
}

/** A page's messages come straight from it here, where the web host reads its windows' first. */
function withinBounds(port: Port): Port {
  return {
    ...port,
    onMessage: listener => port.onMessage(message => isStructureWithinBounds(message) && listener(message)),
  }
}
