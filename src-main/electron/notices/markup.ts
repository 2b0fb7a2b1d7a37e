/** How the notification server of a Linux desktop reads the body of a notice (Desktop Notifications, freedesktop.org). */
import { type BusObject, busCall } from '../system/gdbus.ts'

const server: BusObject = {
  bus: 'session',
  service: 'org.freedesktop.Notifications',
  path: '/org/freedesktop/Notifications',
}

/** Whether as markup; one that does not shows '&amp;' as it is written. Elsewhere no body is. */
export async function isBodyMarkup(platform: NodeJS.Platform): Promise<boolean> {
  if (platform !== 'linux') return false
  const capabilities = await busCall(server, 'org.freedesktop.Notifications.GetCapabilities')
  // Where nobody can be asked: most servers do, and text that is read as markup may be lost.
  return capabilities === '' || capabilities.includes("'body-markup'")
}
