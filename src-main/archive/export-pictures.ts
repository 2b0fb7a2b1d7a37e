/** The pictures of articles' texts, for a file that has them in it. */
import { readFile } from 'node:fs/promises'
import type { OpenedRecording, Resource } from '../api/engine-thread.ts'
import { minute, second } from '../lib/time.ts'
import type { Picture } from './articles/leaving.ts'
import { pictureAddresses } from './articles/tree.ts'

/** What a window gets at a signed path. */
export type LoadResource = (path: string) => Promise<Resource | OpenedRecording>

/** `patience` in ms: a server that does not answer keeps nobody from having the rest. */
type Bounds = { pictures: number; bytes: number; largest?: number; patience: number }

/** Files for mail and e-readers: the longest photo series seen have some hundred pictures. */
export const boundsOfArticle: Bounds = { pictures: 300, bytes: 60_000_000, patience: 30 * second }
/** A book is held in memory while it is made, twice. */
export const boundsOfBook: Bounds = { pictures: 2_000, bytes: 90_000_000, patience: 3 * minute }
/** Read over breakfast, and perhaps sent by e-mail: one large photograph leaves room for those of the other articles. */
export const boundsOfDigest: Bounds = { pictures: 50, bytes: 5_000_000, largest: 1_000_000, patience: 30 * second }

/** As many as a browser asks of one server. */
const atOnce = 6

type Pictures = {
  /** By their addresses, for each of the texts. */
  byArticle: Map<string, Picture>[]
  /** How many the texts have besides. */
  missing: number
}

/** A text, and the paths of what the window may load of it, by their addresses. */
type ShownText = { html: string; media: Record<string, string> }

/** Those that the window may load, each once, the first texts' first. */
export async function picturesOf(texts: ShownText[], load: LoadResource, bounds: Bounds): Promise<Pictures> {
  const shown = texts.map(({ html, media }) => ({ media, addresses: pictureAddresses(html) }))
  const paths = new Map(
    shown.flatMap(({ media, addresses }) =>
      addresses
        .filter(address => Object.hasOwn(media, address))
        .map(address => [address, media[address] ?? ''] as const),
    ),
  )
  const loaded = await loadWithin([...paths].slice(0, bounds.pictures), load, bounds)
  const byArticle = shown.map(
    ({ media, addresses }) =>
      new Map(
        addresses.flatMap(address => {
          const picture = Object.hasOwn(media, address) ? loaded.get(address) : undefined
          return picture ? [[address, picture] as const] : []
        }),
      ),
  )
  const wanted = shown.reduce((sum, { addresses }) => sum + addresses.length, 0)
  return { byArticle, missing: wanted - byArticle.reduce((sum, pictures) => sum + pictures.size, 0) }
}

async function loadWithin(
  waiting: [address: string, path: string][],
  load: LoadResource,
  { bytes: mostBytes, largest = mostBytes, patience }: Bounds,
): Promise<Map<string, Picture>> {
  const pictures = new Map<string, Picture>()
  let bytes = 0
  let isOver = false

  async function loadNext(): Promise<void> {
    for (let next = waiting.shift(); next !== undefined && !isOver; next = waiting.shift()) {
      const [address, path] = next
      const picture = await pictureIn(load, path)
      const size = picture?.bytes.byteLength ?? 0
      if (isOver || !picture || size > largest || bytes + size > mostBytes) continue
      bytes += size
      pictures.set(address, picture)
    }
  }

  let timer: NodeJS.Timeout | undefined
  const late = new Promise<void>(resolve => (timer = setTimeout(resolve, patience)))
  await Promise.race([late, Promise.all(Array.from({ length: atOnce }, loadNext))])
  isOver = true
  clearTimeout(timer)
  return pictures
}

async function pictureIn(load: LoadResource, path: string): Promise<Picture | null> {
  const found = await load(path).catch(() => null)
  if (found?.status !== 200 || !found.type.startsWith('image/')) return null
  if ('bytes' in found) return { type: found.type, bytes: found.bytes }
  if (!('file' in found)) return null
  const bytes = await readFile(found.file).catch(() => null)
  return bytes && { type: found.type, bytes }
}
