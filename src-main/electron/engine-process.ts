/**
 * The engine as a utility process: a fault in its native code ends it and not the app, and a page's port leads to it without the
 * main process between. It can be started only when the app is ready.
 */
import { MessageChannelMain, type MessagePortMain, utilityProcess } from 'electron'
import { portOfElectronPort } from '../api/ports.ts'
import type { EngineHome } from '../host/engine-home.ts'
import { lookupThreads } from '../host/lookup-threads.ts'

export const processHome: EngineHome<MessagePortMain> = {
  spawn(file, start) {
    const env = { ...lookupThreads, ...process.env }
    const child = utilityProcess.fork(file, [JSON.stringify(start)], { serviceName: 'Broadsheet engine', env })
    let failure: string | undefined
    child.once('error', (type, location) => {
      failure = `${type} at ${location}`
    })
    return {
      send: message => child.postMessage(message),
      onMessage: listener => void child.on('message', listener),
      onClose: listener => void child.once('exit', code => listener(failure ?? `exit code ${code}`)),
      close: () => void child.kill(),
      attach: end => child.postMessage({ connection: true }, [end]),
    }
  },
  channel() {
    const { port1, port2 } = new MessageChannelMain()
    return { window: port1, engine: port2 }
  },
  portOf: portOfElectronPort,
}
