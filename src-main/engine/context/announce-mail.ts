/** Tells every window that mailboxes or their senders are other ones, and the intake to look at them. */
import type { Context } from './context.ts'

/** `reconnectId`: the server or password of this mailbox may have changed. */
export function announceMail({ announcer, intake }: Pick<Context, 'announcer' | 'intake'>, reconnectId?: number): void {
  announcer.emit('mail-changed', {})
  void intake.mailChanged({ reconnectId: reconnectId ?? null })
}
