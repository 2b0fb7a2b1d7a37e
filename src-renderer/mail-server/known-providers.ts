/** The providers that the program knows, loaded only where a server is typed. */
import type { MailProviders } from '../../src-main/api/mail/providers.ts'

const files = import.meta.glob<MailProviders>('../../resources/mail-providers.json', { import: 'default' })

export async function loadProviders(): Promise<MailProviders> {
  const [load] = Object.values(files)
  return load ? load() : { providers: [] }
}
