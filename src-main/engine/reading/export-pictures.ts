/** The pictures of an article's text, for a file that has them in it. */
import { readFile } from 'node:fs/promises'
import type { OpenedRecording, Resource } from '../../api/engine-thread.ts'
import { type Article, shownHtml } from '../../api/model.ts'
import type { Picture } from '../../archive/articles/leaving.ts'
import { pictureAddresses } from '../../archive/articles/tree.ts'
import { second } from '../../lib/time.ts'

/** A file for mail and e-readers: the longest photo series seen have some hundred pictures. */
const mostPictures = 300
const mostBytes = 60_000_000
/** As many as a browser asks of one server. */
const atOnce = 6
/** A server that does not answer keeps nobody from having the rest. */
const patience = 30 * second

type Pictures = { pictures: Map<string, Picture>; missing: number }

/** Those that the window may load (`media`), within bounds. `missing`: how many the text has besides. */
export async function picturesOf(
  article: Article,
  load: (path: string) => Promise<Resource | OpenedRecording>,
): Promise<Pictures> {
  const addresses = pictureAddresses(shownHtml(article))
  const waiting = addresses.filter(address => Object.hasOwn(article.media, address)).slice(0, mostPictures)
  const pictures = new Map<string, Picture>()
  let bytes = 0
  let isOver = false

  async function loadNext(): Promise<void> {
    for (let address = waiting.shift(); address !== undefined && !isOver; address = waiting.shift()) {
      const picture = await pictureIn(load, article.media[address] ?? '')
      if (isOver || !picture || bytes + picture.bytes.byteLength > mostBytes) continue
      bytes += picture.bytes.byteLength
      pictures.set(address, picture)
    }
  }

  let timer: NodeJS.Timeout | undefined
  const late = new Promise<void>(resolve => (timer = setTimeout(resolve, patience)))
  await Promise.race([late, Promise.all(Array.from({ length: atOnce }, loadNext))])
  isOver = true
  clearTimeout(timer)
  return { pictures, missing: addresses.length - pictures.size }
}

async function pictureIn(
  load: (path: string) => Promise<Resource | OpenedRecording>,
  path: string,
): Promise<Picture | null> {
  const found = await load(path).catch(() => null)
  if (found?.status !== 200 || !found.type.startsWith('image/')) return null
  if ('bytes' in found) return { type: found.type, bytes: found.bytes }
  if (!('file' in found)) return null
  const bytes = await readFile(found.file).catch(() => null)
  return bytes && { type: found.type, bytes }
}
