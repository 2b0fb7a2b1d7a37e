/** What services of a Linux desktop say on D-Bus, asked by GLib's gdbus: there is no binding that Electron brings. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { second } from '../../lib/time.ts'

const run = promisify(execFile)

export type BusObject = { bus: 'session' | 'system'; service: string; path: string }

/** Of the interface that has the service's name. As GLib writes values; empty where nobody answers, or this system has no gdbus. */
export async function busProperty(object: BusObject, name: string): Promise<string> {
  return busCall(object, 'org.freedesktop.DBus.Properties.Get', object.service, name)
}

/** Calls a method, named with its interface; answers as above. */
export async function busCall({ bus, service, path }: BusObject, method: string, ...args: string[]): Promise<string> {
  const target = [`--${bus}`, '--timeout', '2', '--dest', service, '--object-path', path]
  return run('gdbus', ['call', ...target, '--method', method, ...args], { timeout: 5 * second }).then(
    ({ stdout }) => stdout.trim(),
    () => '',
  )
}
