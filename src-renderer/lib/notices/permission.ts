/** Whether the browser lets the page show notices. It is asked by a click that wants them, never unasked. */
import { isInElectron } from '../platform.ts'

export type NoticePermission = NotificationPermission | 'none'

/** In Electron the main process shows them, and nobody is asked. */
export function noticePermission(): NoticePermission {
  if (isInElectron()) return 'granted'
  return 'Notification' in window ? Notification.permission : 'none'
}

/** Asks where the browser has not been asked yet. */
export async function askPermission(): Promise<NoticePermission> {
  return noticePermission() === 'default' ? await Notification.requestPermission() : noticePermission()
}
