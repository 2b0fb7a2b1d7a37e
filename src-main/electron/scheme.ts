/** Our own scheme: the window's pages come from `app://broadsheet/` and from nowhere else. */
import { protocol, type Session } from 'electron'
import { refusal } from '../files.ts'

export const origin = 'app://broadsheet'

/** Must be called before the app is ready. Standard and secure, so that the page has an origin and can be trusted. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
  ])
}

/** Answers our scheme in a session by `answer`. Any other host than ours gets 404. */
export function serveScheme(session: Session, answer: (request: Request) => Promise<Response>): void {
  session.protocol.handle('app', async request => {
    return new URL(request.url).host === 'broadsheet' ? answer(request) : refusal(404, [])
  })
}

/** True for addresses of our own pages. Compares the parsed origin, since a prefix can be faked. */
export function isOwnPage(address: string): boolean {
  if (!URL.canParse(address)) return false
  const { protocol: scheme, host } = new URL(address)
  return scheme === 'app:' && host === 'broadsheet'
}
