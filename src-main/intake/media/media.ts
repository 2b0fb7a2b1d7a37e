/** Pictures and sounds of articles, fetched by our own client (no cookies, no referrer, nothing that can run) and cached on disk. */
import { type LoadedResource, noResource } from '../../api/engine-thread.ts'
import type { Drawn, Purpose } from '../../drawing/draw.ts'
import { isDrawn } from '../../drawing/drawn.ts'
import { fileType } from '../../feeds/file-type.ts'
import { mayBeSvg } from '../../feeds/icons/image-kind.ts'
import { mediaKey } from '../../feeds/pictures/media-key.ts'
import { isSilence } from '../../http/network.ts'
import type { Http, HttpAnswer } from '../../http/types.ts'
import { day, minute, second } from '../../lib/time.ts'
import { createMediaCache } from './media-cache.ts'
import type { PictureFiles } from './picture-files.ts'
import type { NoteSize } from './picture-sizes.ts'
import { getPicture } from './stills.ts'

/** `proxy` as in http/types.ts: that of the feed. */
export type MediaRequest = { url: string; privateHost: string | null; proxy?: string | null; fetches?: Fetches }
/**
 * Whether its server is asked for what is not on the disk; absent: always, since somebody waits for it. 'unless-waiting': as what is
 * fetched in advance (intake/background).
 */
export type Fetches = 'unless-waiting' | 'never'
export type Media = { get(request: MediaRequest): Promise<LoadedResource> }

/** Null where it can't be drawn within the limits, shows nothing, or the program is closing. */
export type DrawSvg = (bytes: Uint8Array, purpose: Purpose) => Promise<Drawn | null>

export type MediaOptions = {
  http: Pick<Http, 'get'>
  drawSvg: DrawSvg
  /** Of the cache. */
  folder: string
  /** Pictures of saved articles, which need no cache and no network. */
  kept: Pick<PictureFiles, 'read'>
  /** Nothing is to be fetched now that nobody waits for. */
  mustWait(): boolean
  /** Is told of each picture that was fetched or was in the cache. */
  noteSize: NoteSize
  now(): number
}

/** The statuses of what may be there another time: its server is in trouble, or was not reached, perhaps for want of a network. */
export const inTrouble = 502
export const unreached = 504

const mostBytes = 15_000_000
const cacheBytes = 200_000_000
const maxAgeSeconds = (7 * day) / second
/** A picture that failed is not fetched again at every repaint. */
const failureBackoff = 5 * minute
const mostFailures = 2_000
const accept = 'image/avif,image/webp,image/png,image/jpeg,image/gif,image/svg+xml,audio/*,video/*;q=0.9,*/*;q=0.1'

export function createMedia(options: MediaOptions): Media {
  const cache = createMediaCache(options.folder, cacheBytes)
  const underWay = new Map<string, Promise<LoadedResource>>()
  const failures = new Map<string, { status: number; until: number }>()

  async function load({ url, privateHost, proxy }: MediaRequest, key: string): Promise<LoadedResource> {
    const stored = (await options.kept.read(key)) ?? (await cache.read(key))
    if (stored) {
      options.noteSize(key, stored)
      return found(stored)
    }
    const failed = failures.get(key)
    if (failed && failed.until > options.now()) return noResource(failed.status)
    const answer = await getPicture(options.http, { url, accept, privateHost, proxy, maxBytes: mostBytes })
    const { status, bytes } = await judge(answer, options.drawSvg)
    if (bytes) {
      await cache.write(key, bytes)
      options.noteSize(key, bytes)
      return found(bytes)
    }
    if (failures.size >= mostFailures) failures.clear()
    failures.set(key, { status, until: options.now() + failureBackoff })
    return noResource(status)
  }

  async function stored(key: string): Promise<LoadedResource> {
    const bytes = (await options.kept.read(key)) ?? (await cache.read(key))
    return bytes ? found(bytes) : noResource(unreached)
  }

  return {
    get(request) {
      const key = mediaKey(request)
      if (request.fetches === 'never' || (request.fetches === 'unless-waiting' && options.mustWait()))
        return stored(key)
      const known = underWay.get(key)
      if (known) return known
      const loading = load(request, key).finally(() => underWay.delete(key))
      underWay.set(key, loading)
      return loading
    },
  }
}

async function judge(answer: HttpAnswer, drawSvg: DrawSvg): Promise<{ status: number; bytes: Uint8Array | null }> {
  if (answer.kind === 'failed') {
    const { reason } = answer.failure
    if (reason === 'too-large') return { status: 413, bytes: null }
    if (isSilence(answer.failure)) return { status: unreached, bytes: null }
    return { status: reason === 'private-address' || reason === 'bad-address' ? 403 : inTrouble, bytes: null }
  }
  if (answer.status !== 200)
    return { status: answer.status === 404 || answer.status === 410 ? 404 : inTrouble, bytes: null }
  if (mediaType(answer.body)) return { status: 200, bytes: answer.body }
  // Never unchanged: a small SVG can expand to more than a browser can draw.
  const drawn = mayBeSvg(answer.body) ? await drawSvg(answer.body, 'picture') : null
  return drawn ? { status: 200, bytes: drawn.bytes } : { status: 415, bytes: null }
}

/** What a window can show or play. Some AVIFs have the signature of HEIC ('mif1'). */
const shownTypes =
  /^(?:image\/(?:png|jpeg|gif|webp|avif|heic|bmp|x-icon)|audio\/(?:ogg|flac|wav|mp4|mpeg|aac)|video\/(?:mp4|webm))$/

function mediaType(bytes: Uint8Array): string | null {
  const type = bytes.length < 12 ? null : fileType(bytes)
  return type !== null && shownTypes.test(type) ? type : null
}

/** The type is told from the bytes and never from the server's header: a page sent as image/png is not shown. */
function found(bytes: Uint8Array): LoadedResource {
  const type = mediaType(bytes) ?? (isDrawn(bytes) ? 'image/svg+xml' : 'application/octet-stream')
  return { status: 200, type, maxAgeSeconds, bytes }
}
