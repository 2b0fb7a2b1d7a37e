/** Pictures and sounds of articles, fetched by our own client: no cookies, no referrer, nothing that can run. Kept on disk. */
import { createHash } from 'node:crypto'
import { isDrawn } from '../drawing/drawn.ts'
import { mayBeSvg } from '../feeds/icons/image-kind.ts'
import type { Http, HttpAnswer } from '../http/types.ts'
import { day, minute, second } from '../lib/time.ts'
import type { Drawing } from './drawing.ts'
import { createMediaCache } from './media-cache.ts'
import { mediaType } from './media-type.ts'
import type { Resource } from './protocol.ts'

/** `proxy` as in http/types.ts: that of the feed. */
export type MediaRequest = { url: string; privateHost: string | null; proxy?: string | null }
export type Media = { get(request: MediaRequest): Promise<Resource> }

export type MediaOptions = {
  http: Pick<Http, 'get'>
  drawing: Drawing
  /** Where what was fetched is kept, until it makes place for newer. */
  folder: string
  cacheBytes?: number
  now(): number
}

const mostBytes = 15_000_000
const cacheBytes = 200_000_000
const maxAgeSeconds = (7 * day) / second
/** A picture that could not be had is not asked for again at every repaint. */
const failureRest = 5 * minute
const mostFailures = 2_000
const accept = 'image/avif,image/webp,image/png,image/jpeg,image/gif,image/svg+xml,audio/*,video/*;q=0.9,*/*;q=0.1'

export function createMedia(options: MediaOptions): Media {
  const cache = createMediaCache(options.folder, options.cacheBytes ?? cacheBytes)
  const underWay = new Map<string, Promise<Resource>>()
  const failures = new Map<string, { status: number; until: number }>()

  async function load({ url, privateHost, proxy }: MediaRequest, key: string): Promise<Resource> {
    const kept = await cache.read(key)
    if (kept) return found(kept)
    const failed = failures.get(key)
    if (failed && failed.until > options.now()) return nothing(failed.status)
    const answer = await options.http.get({ url, accept, privateHost, proxy, maxBytes: mostBytes })
    const { status, bytes } = await judge(answer, options.drawing)
    if (bytes) {
      await cache.write(key, bytes)
      return found(bytes)
    }
    if (failures.size >= mostFailures) failures.clear()
    failures.set(key, { status, until: options.now() + failureRest })
    return nothing(status)
  }

  return {
    get(request) {
      const { url, privateHost } = request
      // What a private host shows is kept apart: another feed has no permission for it.
      const key = createHash('sha256')
        .update(`${privateHost ?? ''} ${url}`)
        .digest('hex')
      const known = underWay.get(key)
      if (known) return known
      const loading = load(request, key).finally(() => underWay.delete(key))
      underWay.set(key, loading)
      return loading
    },
  }
}

async function judge(answer: HttpAnswer, drawing: Drawing): Promise<{ status: number; bytes: Uint8Array | null }> {
  if (answer.kind === 'failed') {
    const { reason } = answer.failure
    if (reason === 'too-large') return { status: 413, bytes: null }
    return { status: reason === 'private-address' || reason === 'bad-address' ? 403 : 502, bytes: null }
  }
  if (answer.status !== 200) return { status: answer.status === 404 || answer.status === 410 ? 404 : 502, bytes: null }
  if (mediaType(answer.body)) return { status: 200, bytes: answer.body }
  // Never as it came: a small one can stand for more than a browser can draw.
  const drawn = mayBeSvg(answer.body) ? await drawing.draw(answer.body, 'picture') : null
  return drawn ? { status: 200, bytes: drawn.bytes } : { status: 415, bytes: null }
}

/** The type is what the bytes are, never what a server claims: a page sent as image/png stays a page that nobody shows. */
function found(bytes: Uint8Array): Resource {
  const type = mediaType(bytes) ?? (isDrawn(bytes) ? 'image/svg+xml' : 'application/octet-stream')
  return { status: 200, type, maxAgeSeconds, bytes }
}

function nothing(status: number): Resource {
  return { status, type: 'text/plain', maxAgeSeconds: 0, bytes: new Uint8Array() }
}
