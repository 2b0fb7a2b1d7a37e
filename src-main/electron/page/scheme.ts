/** Our own scheme: all pages of the window come from `app://broadsheet/`. */
import { Readable } from 'node:stream'
import { protocol, type Session, type WebContents } from 'electron'
import { type FileAnswer, type FileRequest, refusal } from '../../host/file-server.ts'

export const origin = 'app://broadsheet'
/** The one page that a window shows. */
export const startPage = `${origin}/`

/** Must be called before the app is ready. Standard and secure, so that the page has an origin and is a secure context. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
  ])
}

/** Answers our scheme in a session by `answer`. Any other host than ours gets 404. */
export function serveScheme(session: Session, answer: (request: FileRequest) => Promise<FileAnswer>): void {
  session.protocol.handle('app', async ({ method, url: address, headers }) => {
    const url = new URL(address)
    const isOurs = url.host === 'broadsheet'
    return toResponse(isOurs ? await answer({ method, url, range: headers.get('range') }) : refusal(404, []))
  })
}

function toResponse({ status, headers, body }: FileAnswer): Response {
  const sent = body instanceof Readable ? (Readable.toWeb(body) as ReadableStream) : (body as Uint8Array<ArrayBuffer>)
  return new Response(sent, { status, headers })
}

/** True for addresses of our own pages. Compares the parsed origin, since a prefix can be faked. */
export function isOwnPage(address: string): boolean {
  if (!URL.canParse(address)) return false
  const { protocol: scheme, host } = new URL(address)
  return scheme === 'app:' && host === 'broadsheet'
}

/** True for the page that a window shows, with any fragment. */
export function isStartPage(address: string): boolean {
  return address.split('#')[0] === startPage
}

/** Loads the window's page. A load that is superseded, or ended with its window, is no failure. */
export function loadStartPage(contents: WebContents): Promise<void> {
  return contents.loadURL(startPage).catch(() => undefined)
}
