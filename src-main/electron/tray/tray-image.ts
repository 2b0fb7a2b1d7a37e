/** The pictures of the icon in the tray, drawn by scripts/icons.mjs. Taken into the program: no file is looked for at a start. */
import plainTwice from '../../../resources/tray/plain@2x.png?inline'
import plain from '../../../resources/tray/plain.png?inline'
import templateTwice from '../../../resources/tray/template@2x.png?inline'
import template from '../../../resources/tray/template.png?inline'
import unreadTwice from '../../../resources/tray/unread@2x.png?inline'
import unread from '../../../resources/tray/unread.png?inline'
import { inTwoSizes } from '../system/two-sizes.ts'

/** With a mark where something is unread. macOS draws it in the colour of its menu bar; the number stands beside it there. */
export function trayImage(isUnread: boolean): Electron.NativeImage {
  if (process.platform === 'darwin') {
    const image = inTwoSizes(template, templateTwice)
    image.setTemplateImage(true)
    return image
  }
  return isUnread ? inTwoSizes(unread, unreadTwice) : inTwoSizes(plain, plainTwice)
}
