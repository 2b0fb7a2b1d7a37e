/** The server that mail is handed over to, with its password. */
import type { OutgoingAccess } from '../../outgoing/smtp.ts'
import type { StoredOutgoing } from '../../store/mail/outgoing.ts'
import type { Context } from '../context/context.ts'

/** Null where the password was sealed with a key that is lost. */
export function outgoingAccess({ secrets }: Pick<Context, 'secrets'>, stored: StoredOutgoing): OutgoingAccess | null {
  const password = openPassword(secrets, stored)
  return password === null ? null : { ...stored, password }
}

/** '' where none is wanted. */
function openPassword(secrets: Context['secrets'], { password }: StoredOutgoing): string | null {
  return password === '' ? '' : secrets.open(Buffer.from(password, 'hex'))
}

/** As it is stored. */
export function sealPassword({ secrets }: Pick<Context, 'secrets'>, password: string): string {
  return password === '' ? '' : Buffer.from(secrets.seal(password)).toString('hex')
}
