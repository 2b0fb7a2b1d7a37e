/** A D-Bus of a test's own. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'

/** Whether the program is there, and works. */
export const canRun = (program: string, ...args: string[]) => spawnSync(program, args).status === 0

/** Whether this computer has what a bus and a service on it need. */
export const hasBus =
  canRun('gdbus', 'help') && canRun('dbus-daemon', '--version') && canRun('/usr/bin/python3', '-c', 'import dbus, gi')

/** Starts one whose socket is in `folder`. The caller ends it. */
export async function startBus(folder: string): Promise<{ bus: ChildProcess; address: string }> {
  const bus = spawn('dbus-daemon', ['--session', '--nofork', '--print-address', `--address=unix:dir=${folder}`])
  const [address] = (await once(bus.stdout, 'data')) as [Buffer]
  return { bus, address: String(address).trim() }
}
