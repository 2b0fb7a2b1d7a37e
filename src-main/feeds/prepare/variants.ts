/** Recognises files of an item that are one film, sound or picture in several sizes and formats, and selects one of them. */
import { type EnclosureKind, enclosureKind } from '../../api/enclosures.ts'
import type { ParsedEnclosure } from '../parsed.ts'
import { pictureKey } from '../pictures/same-picture.ts'

/** In px: larger ones only cost bytes in a window. */
const wantedHeight = 1_080
const wantedWidth = 2_000
/** In kilobits per second. */
const wantedBitrate = 320

type File = { file: ParsedEnclosure; kind: EnclosureKind }

/** One of each group, at the place of its first. Linear: an item may have hundreds. */
export function withoutVariants(files: ParsedEnclosure[]): ParsedEnclosure[] {
  if (files.length < 2) return files
  const clusters: File[][] = []
  const known = new Map<string, File[]>()
  for (const file of files) {
    const one = { file, kind: enclosureKind(file) }
    const { joins, keys } = keysOf(one)
    const key = joins.find(join => known.has(join))
    const cluster = (key === undefined ? undefined : known.get(key)) ?? []
    if (cluster.length === 0) clusters.push(cluster)
    cluster.push(one)
    for (const key of keys) if (!known.has(key)) known.set(key, cluster)
  }
  return clusters.flatMap(cluster => (isGallery(cluster) ? cluster.map(({ file }) => file) : [best(cluster)]))
}

type Keys = {
  /** It joins the group that has one of these keys. */
  joins: string[]
  /** Keys that it adds to its group. */
  keys: string[]
}

function keysOf({ file, kind }: File): Keys {
  const group = file.variant?.group ?? null
  const own = group === null ? [] : [`group ${group}`]
  if (kind === 'other') return { joins: own, keys: own }
  if (kind === 'image') own.push(`image ${pictureKey(file.url)}`)
  // Two files of exactly the same size are one file at two addresses.
  else if (file.length !== null && file.length > 100_000) own.push(`${kind} of ${file.length}`)
  const { joins, keys } = kind === 'image' ? { joins: [], keys: [] } : filmKeys(file.url, kind)
  return { joins: [...own, ...joins], keys: [...own, ...keys] }
}

/**
 * By the address without format and quality: `talk-720p.mp4`, `talk-1080p.webm`. Files with different queries are different,
 * but a file with a query is the same as one without, if the path names a file.
 */
function filmKeys(address: string, kind: EnclosureKind): Keys {
  const url = URL.parse(address)
  if (!url) return { joins: [], keys: [] }
  const path = `${kind} ${url.host}${filmPath(url)}`
  if (url.search === '') return { joins: [path, `${path} *`], keys: [path] }
  if (!hasEnding(url)) return { joins: [path + url.search], keys: [path + url.search] }
  return { joins: [path + url.search, path], keys: [path + url.search, `${path} *`] }
}

/** Publishers put the pictures of a gallery into one group, too: without a default, and of one size. */
function isGallery(cluster: File[]): boolean {
  if (cluster.length < 2 || cluster.some(({ file, kind }) => kind !== 'image' || file.variant?.isDefault)) return false
  const widths = new Set(cluster.map(({ file }) => file.variant?.width ?? 0))
  const names = new Set(cluster.map(({ file }) => pictureKey(file.url)))
  return widths.size < cluster.length && names.size === cluster.length
}

const preferred: EnclosureKind[] = ['other', 'image', 'audio', 'video']

function best(cluster: File[]): ParsedEnclosure {
  const highest = cluster.reduce((a, b) => (preferred.indexOf(b.kind) > preferred.indexOf(a.kind) ? b : a)).kind
  const candidates = cluster.filter(({ kind }) => kind === highest).map(({ file }) => file)
  const chosen =
    candidates.find(({ variant }) => variant?.isDefault) ??
    candidates.reduce((a, b) => (suitability(b) > suitability(a) ? b : a))
  const all = cluster.map(({ file }) => file)
  const title = chosen.title ?? all.find(file => file.title)?.title
  const duration = chosen.duration ?? all.find(file => file.duration)?.duration
  return { ...chosen, ...(title && { title }), ...(duration && { duration }) }
}

/** Up to the wanted size larger is better, above it smaller is. Unknown sizes come last. */
function suitability({ variant }: ParsedEnclosure): number {
  if (!variant) return -2
  const { height, width, bitrate } = variant
  if (height) return closeness(height / wantedHeight)
  if (width) return closeness(width / wantedWidth)
  return bitrate ? closeness(bitrate / wantedBitrate) : -2
}

function closeness(share: number): number {
  return share <= 1 ? share : -1 + 1 / share
}

/** The quality at the end of a file's name. */
const quality =
  /(?:^|[-_.])(?:\d{3,4}p(?:\d\d)?|\d{2,4}k(?:bps)?|\d{3,4}x\d{3,4}|u?hd|sd|4k|hq|lq|hi|lo|low|mid|medium|high|large|small|mobile|144|240|270|288|320|360|396|432|480|540|576|640|720|960|1080|1280|1440|1920|2160)$/i

function filmPath({ pathname }: URL): string {
  const slash = pathname.lastIndexOf('/') + 1
  let name = pathname.slice(slash).replace(/\.[a-z\d]{2,4}$/i, '')
  for (let times = 0; times < 3 && quality.test(name); times++) name = name.replace(quality, '')
  return pathname.slice(0, slash) + name
}

function hasEnding({ pathname }: URL): boolean {
  return /\.[a-z\d]{2,4}$/i.test(pathname)
}
