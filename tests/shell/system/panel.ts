/** The panel of a Linux desktop: a folder ($STAND_IN_PANEL) in which icons are files; `gdbus` beside this file tells of it. */
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** Null where no panel takes it. */
export function addItem(): string | null {
  const panel = process.env.STAND_IN_PANEL
  if (!panel || existsSync(join(panel, 'full'))) return null
  const file = join(panel, 'items', String(process.pid))
  writeFileSync(file, `org.kde.StatusNotifierItem-${process.pid}-1/StatusNotifierItem`)
  return file
}

export function removeItem(file: string | null): void {
  if (file !== null) rmSync(file, { force: true })
}

/** For tests: what a program started with these sees. Another program's icon is there already. */
export function panelEnvironment(panel: string): Record<string, string> {
  mkdirSync(join(panel, 'items'), { recursive: true })
  writeFileSync(join(panel, 'items', 'other'), ':1.7/org/ayatana/NotificationItem/other')
  return { STAND_IN_PANEL: panel, PATH: `${import.meta.dirname}${delimiter}${process.env.PATH}` }
}

/** A panel comes up, or ends: with it, all that it showed. */
export function setPanel(panel: string, isThere: boolean): void {
  const host = join(panel, 'host')
  if (isThere) {
    writeFileSync(host, '')
    return
  }
  rmSync(host, { force: true })
  rmSync(join(panel, 'items'), { recursive: true, force: true })
  mkdirSync(join(panel, 'items'))
}

/** What NetworkManager says of the connection; the portal, in a Flatpak, which does not reach the other. */
export function setMetered(panel: string, isMetered: boolean): void {
  if (isMetered) writeFileSync(join(panel, 'metered'), '')
  else rmSync(join(panel, 'metered'), { force: true })
}

/** From now on notices are text there, as on desktops whose server reads no markup. */
export function showPlainNotices(panel: string): void {
  writeFileSync(join(panel, 'plain'), '')
}

/** From now on it takes no icons, as GNOME in Electron 43 and 44. */
export function fillPanel(panel: string): void {
  writeFileSync(join(panel, 'full'), '')
}

/** Its server of notices answers nothing until this is called with false; `wasAsked` says whether somebody waits. */
export function holdNotices(panel: string, isHeld: boolean): void {
  const held = join(panel, 'held')
  if (isHeld) {
    rmSync(join(panel, 'asked'), { force: true })
    writeFileSync(held, '')
  } else rmSync(held)
}

export function wasAsked(panel: string): boolean {
  return existsSync(join(panel, 'asked'))
}
