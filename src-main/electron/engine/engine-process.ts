/**
 * The engine as a utility process: a fault in its native code ends it and not the app, and a page's port leads to it without the
 * main process between. It can be started only when the app is ready.
 */
import { MessageChannelMain, type MessagePortMain, utilityProcess } from 'electron'
import { portOfElectronPort } from '../../api/ports.ts'
import { type EngineHome, engineMemory } from '../../host/engine-home.ts'
import { lookupThreads } from '../../host/lookup-threads.ts'

/** V8 has a young generation of three semi-spaces. */
const v8Flags = [
  `--max-old-space-size=${engineMemory.mostMb}`,
  `--max-semi-space-size=${Math.floor(engineMemory.youngMb / 3)}`,
]

/** Of all that is in `execArgv`, Electron gives V8 only this (seen in version 25: a flag of its own was without effect). */
const execArgv = [`--js-flags=${v8Flags.join(' ')}`]

export const processHome: EngineHome<MessagePortMain> = {
  spawn(file, start) {
    const env = { ...lookupThreads, ...process.env }
    const options = { serviceName: 'Broadsheet engine', execArgv, env }
    const child = utilityProcess.fork(file, [JSON.stringify(start)], options)
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
