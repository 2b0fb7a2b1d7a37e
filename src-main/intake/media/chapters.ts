/** The chapters of an episode that are not in its feed: in a file of their own, or within the sound. */
import type { FeedChapter } from '../../api/model.ts'
import { tagBytes } from '../../feeds/chapters/tag-bytes.ts'
import type { ChapterBytes } from '../../feeds/documents.ts'
import type { BodyStream } from '../../http/body/body-stream.ts'
import type { Http } from '../../http/types.ts'
import type { MediaRequest } from './media.ts'

/** `file`: the address of a file of chapters; null where the feed names none. */
export type ChaptersRequest = MediaRequest & { file: string | null }

export type ChaptersOptions = {
  http: Pick<Http, 'get' | 'open'>
  read(input: ChapterBytes): Promise<FeedChapter[]>
}

const fileBytes = 1_000_000
/** Enough for the first ten bytes of a tag, and for all of most. */
const headBytes = 65_536
/** A tag has a picture in it, and may have one for each chapter. */
const mostTagBytes = 8_000_000
const mostCached = 100

/** Empty where there are none, or they can't be had: the sound plays without. */
export function createChapters({ http, read }: ChaptersOptions): (request: ChaptersRequest) => Promise<FeedChapter[]> {
  const cache = new Map<string, FeedChapter[]>()

  async function fromFile(request: ChaptersRequest, url: string): Promise<FeedChapter[]> {
    const { privateHost, proxy } = request
    const accept = 'application/json+chapters, application/json;q=0.9, */*;q=0.1'
    const answer = await http.get({ url, accept, privateHost, proxy, maxBytes: fileBytes })
    const isThere = answer.kind === 'answer' && answer.status === 200
    return isThere ? read({ kind: 'json', bytes: answer.body }) : []
  }

  async function fromSound(request: MediaRequest): Promise<FeedChapter[]> {
    const head = await beginning(request, headBytes)
    if (!head) return []
    const tag = tagBytes(head)
    const isCut = tag !== null && tag > head.length && tag <= mostTagBytes
    const whole = isCut ? await beginning(request, tag) : head
    // Without the sound after it, which the reader of tags would look into, and may find damaged.
    return whole ? read({ kind: 'sound', bytes: whole.subarray(0, tag ?? headBytes) }) : []
  }

  async function beginning({ url, privateHost, proxy }: MediaRequest, bytes: number) {
    const answer = await http.open({ url, accept: '*/*', privateHost, proxy, range: `bytes=0-${bytes - 1}` })
    if (answer.kind === 'failed') return null
    const isThere = answer.status === 206 || answer.status === 200
    const read = isThere ? await firstBytes(answer.body, bytes) : null
    answer.body.close()
    return read
  }

  return async function chapters(request) {
    const key = `${request.privateHost ?? ''} ${request.file ?? ''} ${request.url}`
    const known = cache.get(key)
    if (known) return known
    const inFile = request.file === null ? [] : await fromFile(request, request.file)
    const found = inFile.length > 0 ? inFile : await fromSound(request)
    if (cache.size >= mostCached) cache.clear()
    cache.set(key, found)
    return found
  }
}

/** A server without ranges sends all of it: it is left after these. */
async function firstBytes(body: BodyStream, most: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  for (let held = 0; held < most; ) {
    const piece = await body.read()
    if (piece.kind !== 'bytes') break
    pieces.push(piece.bytes)
    held += piece.bytes.length
  }
  return Buffer.concat(pieces).subarray(0, most)
}
