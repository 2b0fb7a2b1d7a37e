/** An item's enclosures as they are stored: each film, sound and file once, with a usable type. */
import { enclosureKind } from '../../api/enclosures.ts'
import type { Enclosure } from '../../api/model.ts'
import { cleanText } from '../../lib/text.ts'
import { webAddress } from '../../lib/urls.ts'
import { portrait } from '../fields/media.ts'
import type { ParsedEnclosure, ParsedItem } from '../parsed.ts'
import { withoutVariants } from './variants.ts'

/** Flash, which nothing plays any more. */
const flash = /shockwave|x-flash|\.swf(?:[?#]|$)|^https?:\/\/(?:www\.)?youtube(?:-nocookie)?\.com\/v\//i
/** Types without information, and words that are no type ('mp3', 'audio'). */
const uselessType = /^(?:[^/]*$|.*(?:octet-stream|unknown|download|binary))/i

export function readyEnclosures(item: ParsedItem): Enclosure[] {
  const offered = withAddress(item).filter(
    ({ url, type }) => !flash.test(type) && !flash.test(url) && !portrait.test(url),
  )
  const files = withoutVariants(offered).map(tidied)
  return withPlayer(withPlayingTime(files, item), item)
}

/** The same for an item of our own archive, which has no variants and players to sort out. */
export function usableEnclosures(item: ParsedItem): Enclosure[] {
  return withAddress(item).map(tidied)
}

function withAddress({ enclosures }: ParsedItem): ParsedEnclosure[] {
  return enclosures.flatMap(file => {
    const url = webAddress(file.url)
    return url ? [{ ...file, url }] : []
  })
}

function tidied({ url, type, length, medium, duration, title, chapters }: ParsedEnclosure): Enclosure {
  const words = title ? cleanText(title, 200) : ''
  return {
    url,
    type: cleanText(type, 100),
    length: length !== null && length > 0 ? length : null,
    ...(medium && { medium }),
    ...(duration && { duration }),
    ...(words && { title: words }),
    ...(chapters && { chapters }),
  }
}

/** Gives the item's playing time to its only film or sound, which may be recognised only because the item is an episode. */
function withPlayingTime(files: Enclosure[], { durationSeconds, isEpisode }: ParsedItem): Enclosure[] {
  const [only, ...others] = files.length === 1 ? files : files.filter(file => enclosureKind(file) !== 'image')
  if (!only || others.length > 0 || (durationSeconds === null && !isEpisode)) return files
  const kind = enclosureKind(only)
  const isUnknown = kind === 'other' && uselessType.test(only.type)
  if (kind === 'image' || (kind === 'other' && !(isUnknown && isEpisode))) return files
  const duration = only.duration ?? durationSeconds
  const known = { ...only, ...(isUnknown && { medium: 'audio' as const }), ...(duration && { duration }) }
  return files.map(file => (file === only ? known : file))
}

/** Adds the address of a page with a player, if no file can be played. */
function withPlayer(files: Enclosure[], { player, link }: ParsedItem): Enclosure[] {
  const url = webAddress(player)
  if (!url) return files
  const isPlayed = files.some(file => /^(?:audio|video)$/.test(enclosureKind(file)))
  if (isPlayed || flash.test(url) || url === webAddress(link) || files.some(file => file.url === url)) return files
  return [...files, { url, type: 'text/html', length: null }]
}

/** The picture of a film that was offered as Flash. */
export function filmPicture({ enclosures }: ParsedItem): string | null {
  for (const { url } of enclosures) {
    const id = /^https?:\/\/(?:www\.)?youtube(?:-nocookie)?\.com\/v\/([\w-]{11})(?:[?&/]|$)/.exec(url)?.[1]
    if (id) return `https://i.ytimg.com/vi/${id}/hqdefault.jpg`
  }
  return null
}
