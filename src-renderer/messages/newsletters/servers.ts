/** What is typed of a mail server, for mailboxes and for digests that are sent. */
import type { MailSecurity } from '../../../src-main/api/mail/model.ts'

export const words = {
  password: 'Password',
  kept: 'Unchanged',
  passwordToo: 'Type the password, too: the stored one is for another server or user.',
  howTo: (name: string): string => `What ${name} says of it`,
  server: 'Server',
  serverOf: (host: string): string => `Server: ${host}`,
  port: 'Port',
  noPort: 'A number from 1 to 65,535.',
  security: 'Security',
  securities: {
    tls: 'TLS',
    starttls: 'STARTTLS',
    none: 'None (this computer only)',
  } satisfies Record<MailSecurity, string>,
  userName: 'User name',
}
