/** Whether the connection costs by what is loaded. Linux alone says so to a program: NetworkManager does. */
import { type BusObject, busProperty } from '../system/gdbus.ts'

const networkManager: BusObject = {
  bus: 'system',
  service: 'org.freedesktop.NetworkManager',
  path: '/org/freedesktop/NetworkManager',
}

/** 1 is yes, 3 a guess: a phone that shares its connection (NMMetered of its D-Bus interface). */
export async function isConnectionMetered(platform: NodeJS.Platform): Promise<boolean> {
  if (platform !== 'linux') return false
  return /^\(<uint32 [13]>,\)$/.test(await busProperty(networkManager, 'Metered'))
}
