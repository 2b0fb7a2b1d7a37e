/** Takes away from every session and every page what Broadsheet doesn't need. */
import { app, type Session, session, type WebContents, type WebPreferences } from 'electron'
import { shareWindow } from '../../api/names/share-template.ts'
import { minute } from '../../lib/time.ts'
import { openOutside, openShared } from '../links/open-external.ts'
import { isOwnPage, isStartPage, loadStartPage, origin, startPage } from './scheme.ts'

/** What holds for every page that is made. */
export const confined = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  webviewTag: false,
  // Its dictionaries would be fetched from the network; it is disabled for whole sessions below.
  spellcheck: false,
  disableDialogs: true,
  devTools: false,
  navigateOnDragDrop: false,
} as const satisfies WebPreferences

/** Guards all sessions and pages, those of today and those of later. Call once, before the app is ready. */
export function guardEverything(): void {
  // Some of Chromium's own requests bypass every handler of a session: no name and no address resolves for them.
  app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND')
  app.on('session-created', guardSession)
  app.on('web-contents-created', (_event, contents) => guardPage(contents))
  // Chromium has a default session, used or not. It is created, and guarded, when it is first read.
  app.once('ready', () => session.defaultSession)
}

/** Making a PDF takes less. */
const menuChoiceHolds = minute
let saveChosenAt = Number.NEGATIVE_INFINITY

/** The application's menu asked the page to save a file: Chromium knows of no click then. */
export function saveWasChosen(): void {
  saveChosenAt = performance.now()
}

/** 'Copy link' writes plain text to the clipboard; nothing else has ever been needed. */
const allowed = new Set(['clipboard-sanitized-write'])

function isAllowed(permission: string, address: string): boolean {
  return allowed.has(permission) && isOwnPage(address)
}

function guardSession(guarded: Session): void {
  disableSpellCheck(guarded)
  guarded.setPermissionRequestHandler((_contents, permission, answer, details) => {
    answer(isAllowed(permission, details.requestingUrl))
  })
  guarded.setPermissionCheckHandler((_contents, permission, requestingOrigin) =>
    isAllowed(permission, requestingOrigin),
  )
  guarded.setDevicePermissionHandler(() => false)
  // The window loads from our own scheme only. Any other request would be a leak.
  guarded.webRequest.onBeforeRequest((details, answer) => answer({ cancel: !mayLoad(details.url) }))
  guarded.on('will-download', (event, item) => {
    // Exports come from the page (blob:) or the engine, by a click or the application's menu. Any other download is unwanted.
    const isExport = [`blob:${origin}/`, `${origin}/export?`].some(start => item.getURL().startsWith(start))
    const isAsked = item.hasUserGesture() || performance.now() - saveChosenAt < menuChoiceHolds
    if (!isExport || !isAsked) event.preventDefault()
  })
}

/**
 * Chromium fetches spelling dictionaries from Google for every session at every start, whatever the window's `spellcheck` is.
 * Without a language there is none to fetch; macOS has no languages, but a switch.
 */
function disableSpellCheck(guarded: Session): void {
  guarded.setSpellCheckerLanguages([])
  guarded.setSpellCheckerEnabled(false)
}

const localSchemes = new Set(['data:', 'blob:', 'about:', 'devtools:', 'chrome-extension:'])

function mayLoad(address: string): boolean {
  return isOwnPage(address) || (URL.canParse(address) && localSchemes.has(new URL(address).protocol))
}

/** Reloads the start page after a navigation that bypassed `will-navigate`, as `location.replace('about:blank')` does. */
export function keepAtHome(contents: WebContents): void {
  contents.on('did-navigate', (_event, address) => {
    if (!isStartPage(address)) void loadStartPage(contents)
  })
}

function guardPage(contents: WebContents): void {
  contents.on('will-navigate', event => {
    if (event.url !== startPage) event.preventDefault()
  })
  contents.on('will-redirect', event => event.preventDefault())
  contents.on('will-frame-navigate', event => {
    const isReload = event.isMainFrame && event.url === startPage
    if (!isReload && event.url !== 'about:srcdoc') event.preventDefault()
  })
  contents.on('will-attach-webview', event => event.preventDefault())
  contents.setWindowOpenHandler(({ url, frameName }) => {
    // By a template of the user's own: a mail may have a text, and a note-taking program may be opened.
    if (frameName === shareWindow) openShared(url)
    else openOutside(url)
    return { action: 'deny' }
  })
}
