/** Properties that services of a Linux desktop have on D-Bus, read by GLib's gdbus: there is no binding that Electron brings. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { second } from '../../lib/time.ts'

const run = promisify(execFile)

/** The interface has the service's name. */
export type BusObject = { bus: 'session' | 'system'; service: string; path: string }

/** As GLib writes values; empty where nobody answers, or this system has no gdbus. */
export async function busProperty({ bus, service, path }: BusObject, name: string): Promise<string> {
  const target = [`--${bus}`, '--timeout', '2', '--dest', service, '--object-path', path]
  const method = ['--method', 'org.freedesktop.DBus.Properties.Get', service, name]
  return run('gdbus', ['call', ...target, ...method], { timeout: 5 * second }).then(
    ({ stdout }) => stdout.trim(),
    () => '',
  )
}
