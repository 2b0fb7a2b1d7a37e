/** The only way out of the program: hands an address to the system's browser or mail program. */
import { shell } from 'electron'
import { externalAddress } from './external-address.ts'

/** Opens an address outside, where that is allowed; says whether it was. */
export function openOutside(raw: string): boolean {
  const address = externalAddress(raw)
  if (address === null) return false
  // No program for mailto is no fault of ours, and the system has told the user.
  void shell.openExternal(address).catch(() => undefined)
  return true
}
