/**
 * Whether the connection costs by what is loaded. Linux alone says so to a program without native code: NetworkManager does, and
 * in a Flatpak's sandbox, which does not reach it, the portal of what is known of the network.
 */
import { type BusObject, busCall, busProperty } from '../system/gdbus.ts'

const networkManager: BusObject = {
  bus: 'system',
  service: 'org.freedesktop.NetworkManager',
  path: '/org/freedesktop/NetworkManager',
}
/** Every sandbox reaches it; it answers those that may use the network. */
const portal: BusObject = {
  bus: 'session',
  service: 'org.freedesktop.portal.Desktop',
  path: '/org/freedesktop/portal/desktop',
}

/** Of `env` FLATPAK_ID counts, which Flatpak sets. */
export async function isConnectionMetered(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): Promise<boolean> {
  if (platform !== 'linux') return false
  if (env.FLATPAK_ID) return (await busCall(portal, 'org.freedesktop.portal.NetworkMonitor.GetMetered')) === '(true,)'
  // 1 is yes, 3 a guess: a phone that shares its connection (NMMetered of its D-Bus interface).
  return /^\(<uint32 [13]>,\)$/.test(await busProperty(networkManager, 'Metered'))
}
