/** Answers a window's requests for files in both hosts: the renderer's own, and icons, media and exports from the engine. */
import { open } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import type { ByteRange } from '../api/engine-thread.ts'
import type { PaneLayout, Settings } from '../api/settings.ts'
import { type BuiltFiles, builtFiles } from './built-files.ts'
import { answerPart, answerRecording, playerRange } from './byte-ranges.ts'
import type { HostResource } from './engine-host.ts'
import { foreignHeaders, ownHeaders } from './security-headers.ts'

/** True when the sources run as they are, under Node; false once they are built into out/main. */
const isSource = import.meta.url.endsWith('.ts')
/** The folder src-main, or out/main, where everything that is built lies side by side. */
const here = path.join(path.dirname(fileURLToPath(import.meta.url)), isSource ? '..' : '')
export const isBuilt = !isSource

const threads = {
  engine: 'engine/thread.ts',
  intake: 'intake/thread.ts',
  worker: 'workers/worker.ts',
  maintenance: 'maintenance/thread.ts',
  grouping: 'grouping/thread.ts',
}

/**
 * The file a thread starts from. Built entries lie side by side in out/main, since several programs (electron, start,
 * cli) share them; that is why we don't use `?modulePath`.
 */
export function threadFile(name: keyof typeof threads): string {
  return path.join(here, isSource ? threads[name] : `${name}.js`)
}

/** The folder that has package.json in it. */
export function projectFolder(): string {
  return path.join(here, isSource ? '..' : '../..')
}

/** The built renderer. */
export function rendererFolder(): string {
  return path.join(here, isSource ? '../out/renderer' : '../renderer')
}

/** The built preload script, which exists only as a built file. */
export function preloadScript(): string {
  return path.join(here, isSource ? '../out/preload/preload.cjs' : '../preload/preload.cjs')
}

/** Only these leave the folder, so a stray map or note in it stays inside. */
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
}

/** What an answer from the engine may be. An SVG icon is shown by <img>, where it can't run anything. */
const resourceType =
  /^(?:image\/(?:png|jpeg|gif|webp|avif|bmp|x-icon|vnd\.microsoft\.icon|svg\+xml)|(?:audio|video)\/[\w.+-]{1,60}|application\/zip)$/
/** What may be a file of our own making besides: saved by a window, and never opened as a page (foreignHeaders). */
const exportType = /^(?:application\/(?:zip|epub\+zip)|text\/(?:html|markdown); charset=utf-8)$/

/** `panes` is null where the engine's settings are not known yet, as at the very first start. */
export type PageLook = { theme: Exclude<Settings['theme'], 'system'>; panes: PaneLayout | null }

export type FileSources = {
  /** Folder of the built renderer. */
  root: string
  /** Icons and media; checks the signature in the address. `path` has the query with it. */
  resource(path: string, range: ByteRange | null): Promise<HostResource>
  /** WebSocket addresses the page may open; none in Electron. */
  connect: string[]
  /** Makes a PDF of an exported page, where the host can: the address of the page with `&as=pdf`. */
  makePdf?(file: string): Promise<Uint8Array>
  /** How the page is drawn until the engine's settings arrive, where the host knows. */
  look?(): PageLook
  /** The host is at this address at each of its starts. */
  keepsAddress?: boolean
}

/*
 * Plain objects, and not the Request and Response of the web: Node makes those with an HTTP client of its own, which takes
 * 60 ms of processor time to load when the first is made.
 */
export type FileRequest = { method: string; url: URL /** The header of that name. */; range: string | null }
export type FileAnswer = {
  status: number
  headers: Readonly<Record<string, string>>
  body: Uint8Array | string | Readable | null
}

/** Makes the function that answers GET and HEAD for a window. Never throws; never leaves `root`. */
export function fileServer(sources: FileSources): (request: FileRequest) => Promise<FileAnswer> {
  const built = builtFiles()
  return async function answer({ method, url, range }) {
    if (method !== 'GET' && method !== 'HEAD') return refusal(405, sources.connect, { allow: 'GET, HEAD' })
    const { pathname, search } = url
    const isResource = pathname.startsWith('/icon/') || pathname === '/media' || pathname === '/export'
    const found = isResource
      ? await answerResource(sources, {
          address: pathname + search,
          range,
          isPdf: url.searchParams.get('as') === 'pdf',
        })
      : await answerFile(sources, built, pathname)
    if (method !== 'HEAD') return found
    if (found.body instanceof Readable) found.body.destroy()
    return { ...found, body: null }
  }
}

/** An answer with nothing but its status, in plain text. */
export function refusal(status: number, connect: string[], more: Record<string, string> = {}): FileAnswer {
  return {
    status,
    headers: {
      ...ownHeaders(connect),
      ...more,
      'content-type': 'text/plain; charset=utf-8',
      'cache-control': 'no-store',
    },
    body: `${status}\n`,
  }
}

async function answerFile(
  { root, connect, look, makePdf, keepsAddress = false }: FileSources,
  built: BuiltFiles,
  pathname: string,
): Promise<FileAnswer> {
  const file = fileInside(root, pathname)
  const type = file && types[path.extname(file)]
  if (!file || !type) return refusal(404, connect)
  try {
    // Built assets carry a hash in their name; the page itself must always be the newest.
    const isHashed = pathname.startsWith('/assets/')
    const read = await built.read(file, isHashed)
    const bytes = type.startsWith('text/html')
      ? withMarks(read, { look: look?.(), makesPdf: makePdf !== undefined, keepsAddress })
      : read
    const cacheControl = isHashed ? 'private, max-age=31536000, immutable' : 'no-store'
    return {
      status: 200,
      headers: {
        ...ownHeaders(connect),
        'content-type': type,
        'content-length': String(bytes.byteLength),
        'cache-control': cacheControl,
      },
      body: bytes,
    }
  } catch {
    return refusal(404, connect)
  }
}

type Marks = { look: PageLook | undefined; makesPdf: boolean; keepsAddress: boolean }

/**
 * The page with attributes that tell its look, for the first paint (src-renderer/shell/given-look.ts), and what the host can do
 * (src-renderer/lib/platform.ts).
 */
function withMarks(page: Buffer, { look, makesPdf, keepsAddress }: Marks): Buffer {
  const panes = look?.panes
  const layout = panes && [panes.sourcesWidth, panes.headlinesWidth, panes.isSourcesHidden ? 'hidden' : 'shown']
  const marks = [
    look ? `data-theme="${look.theme}" ` : '',
    layout ? `data-panes="${layout.join(' ')}" ` : '',
    makesPdf ? 'data-makes-pdf ' : '',
    keepsAddress ? 'data-keeps-address ' : '',
  ].join('')
  return Buffer.from(page.toString('utf8').replace('<html ', `<html ${marks}`))
}

/**
 * The file an address names, or null. Decoded once; only paths of plain names get to the file system, and the file must still
 * be inside `root`.
 */
export function fileInside(root: string, pathname: string): string | null {
  const decoded = decode(pathname)
  if (decoded === null) return null
  const parts = (decoded === '/' ? '/index.html' : decoded).slice(1).split('/')
  if (!parts.every(part => /^[\w@-][\w@.-]*$/.test(part))) return null
  const file = path.join(root, ...parts)
  return file.startsWith(path.resolve(root) + path.sep) ? file : null
}

function decode(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname)
  } catch {
    return null
  }
}

type Asked = { address: string; range: string | null; isPdf: boolean }

async function answerResource(sources: FileSources, { address, range, isPdf }: Asked): Promise<FileAnswer> {
  const resource = await sources.resource(address, playerRange(range))
  if (resource.status !== 200 && resource.status !== 206) return refusal(resource.status, sources.connect)
  const isExport = 'file' in resource && exportType.test(resource.type)
  if (!isExport && !resourceType.test(resource.type)) return refusal(415, sources.connect)
  const headers = {
    ...foreignHeaders(),
    'content-type': resource.type,
    'cache-control': resource.maxAgeSeconds > 0 ? `private, max-age=${resource.maxAgeSeconds}` : 'no-store',
  }
  if (isPdf) return answerPdf(sources, resource)
  if ('file' in resource) return answerWhole(resource.file, headers, sources.connect)
  return 'read' in resource ? answerRecording(resource, headers) : answerPart(resource.bytes, headers, range)
}

/** Of a page only: nothing else is put on paper. */
async function answerPdf({ makePdf, connect }: FileSources, resource: HostResource): Promise<FileAnswer> {
  if (!makePdf || !('file' in resource) || !resource.type.startsWith('text/html')) return refusal(415, connect)
  try {
    const body = await makePdf(resource.file)
    const length = String(body.byteLength)
    return {
      status: 200,
      headers: {
        ...foreignHeaders(),
        'content-type': 'application/pdf',
        'cache-control': 'no-store',
        'content-length': length,
      },
      body,
    }
  } catch {
    return refusal(500, connect)
  }
}

/** A file of any size, read while it is sent. */
async function answerWhole(file: string, headers: FileAnswer['headers'], connect: string[]): Promise<FileAnswer> {
  const handle = await open(file).catch(() => null)
  if (!handle) return refusal(404, connect)
  const { size } = await handle.stat()
  return {
    status: 200,
    headers: { ...headers, 'content-length': String(size) },
    body: handle.createReadStream(),
  }
}
