/** Opens addresses in the system's browser or mail program; nothing else of the program does. */
import { shell } from 'electron'
import { sharedAddress } from '../../api/names/share-template.ts'
import { externalAddress } from './external-address.ts'

/** Opens an address that is allowed; false for any other. */
export function openOutside(raw: string): boolean {
  const address = externalAddress(raw)
  if (address === null) return false
  // Where there is no program for mailto, the system has told the user.
  void shell.openExternal(address).catch(() => undefined)
  return true
}

/** The same for an address of a template of the user's own. */
export function openShared(raw: string): boolean {
  const address = sharedAddress(raw)
  if (address === null) return false
  void shell.openExternal(address).catch(() => undefined)
  return true
}
