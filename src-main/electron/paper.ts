/** PDFs of exported articles, made in a hidden window that runs nothing, asks for nothing and is there only for that. */
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { app, BrowserWindow, type Session, session } from 'electron'
import { type FileAnswer, refusal } from '../host/file-server.ts'
import { paperHeaders } from '../host/security-headers.ts'
import { second } from '../lib/time.ts'
import { origin, serveScheme } from './page/scheme.ts'
import { confined } from './page/security.ts'

/** A book of pictures takes some seconds; what takes longer than this never ends. */
const patience = 60 * second
const paperPage = `${origin}/paper`

/** Where paper is Letter; everywhere else it is A4 (CLDR 48, territory information of paper sizes). */
const letterCountries = new Set('BZ CA CL CO CR GT MX NI PA PH PR SV US VE'.split(' '))

/**
 * Makes the function that makes a PDF of a self-contained HTML file, one at a time. It rejects where the page can't be loaded or
 * takes too long.
 */
export function paper(): (file: string) => Promise<Uint8Array> {
  let lastMade: Promise<unknown> = Promise.resolve()
  let onPaper: string | null = null
  let own: Session | undefined

  /** At the first PDF: most people never make one. */
  function paperSession(): Session {
    // In memory only, and not the window's: what is in one is nothing to the other.
    const made = session.fromPartition('paper', { cache: false })
    serveScheme(made, ({ url }) => (onPaper && url.href === paperPage ? pageOf(onPaper) : noPage()))
    return made
  }

  async function make(file: string): Promise<Uint8Array> {
    own ??= paperSession()
    onPaper = file
    const window = new BrowserWindow({ show: false, webPreferences: { ...confined, session: own, javascript: false } })
    const { promise: late, reject } = Promise.withResolvers<never>()
    const timer = setTimeout(() => reject(new Error('the PDF takes too long')), patience)
    try {
      return await Promise.race([print(window), late])
    } finally {
      clearTimeout(timer)
      onPaper = null
      if (!window.isDestroyed()) window.destroy()
    }
  }

  return file => {
    const made = lastMade.then(() => make(file))
    lastMade = made.catch(() => undefined)
    return made
  }
}

async function print({ webContents }: BrowserWindow): Promise<Uint8Array> {
  await webContents.loadURL(paperPage)
  return await webContents.printToPDF({
    pageSize: letterCountries.has(app.getLocaleCountryCode()) ? 'Letter' : 'A4',
    generateTaggedPDF: true,
    generateDocumentOutline: true,
  })
}

async function pageOf(file: string): Promise<FileAnswer> {
  const { size } = await stat(file)
  const headers = { ...paperHeaders(), 'content-type': 'text/html; charset=utf-8', 'content-length': String(size) }
  return { status: 200, headers, body: createReadStream(file) }
}

async function noPage(): Promise<FileAnswer> {
  return refusal(404, [])
}
