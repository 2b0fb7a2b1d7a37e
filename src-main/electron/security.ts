/** Takes away from every session and every page what Broadsheet doesn't need. */
import { app, type Session, type WebContents } from 'electron'
import { openOutside } from './external.ts'
import { isOwnPage, origin } from './scheme.ts'

/** Guards all sessions and pages, those of today and those of later. Call once, before the app is ready. */
export function guardEverything(): void {
  app.on('session-created', guardSession)
  app.on('web-contents-created', (_event, contents) => guardPage(contents))
}

/** 'Copy link' writes plain text to the clipboard; nothing else has ever been needed. */
function isAllowed(permission: string, address: string): boolean {
  return permission === 'clipboard-sanitized-write' && isOwnPage(address)
}

function guardSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer, details) => {
    answer(isAllowed(permission, details.requestingUrl))
  })
  session.setPermissionCheckHandler((_contents, permission, requestingOrigin) =>
    isAllowed(permission, requestingOrigin),
  )
  session.setDevicePermissionHandler(() => false)
  // The window loads from our own scheme only. Whatever else asks for the network is a hole, so it gets nothing.
  session.webRequest.onBeforeRequest((details, answer) => answer({ cancel: !mayLoad(details.url) }))
  session.on('will-download', (event, item) => {
    // An export is made in the page (blob:) or by the engine when the user asks for it. Anything else was not asked for.
    const isExport = [`blob:${origin}/`, `${origin}/export?`].some(start => item.getURL().startsWith(start))
    if (!isExport || !item.hasUserGesture()) event.preventDefault()
  })
}

const localSchemes = new Set(['data:', 'blob:', 'about:', 'devtools:', 'chrome-extension:'])

function mayLoad(address: string): boolean {
  return isOwnPage(address) || (URL.canParse(address) && localSchemes.has(new URL(address).protocol))
}

function guardPage(contents: WebContents): void {
  contents.on('will-navigate', event => {
    if (event.url !== `${origin}/`) event.preventDefault()
  })
  contents.on('will-redirect', event => event.preventDefault())
  contents.on('will-frame-navigate', event => {
    const isReload = event.isMainFrame && event.url === `${origin}/`
    if (!isReload && event.url !== 'about:srcdoc') event.preventDefault()
  })
  contents.on('will-attach-webview', event => event.preventDefault())
  contents.setWindowOpenHandler(({ url }) => {
    openOutside(url)
    return { action: 'deny' }
  })
}
