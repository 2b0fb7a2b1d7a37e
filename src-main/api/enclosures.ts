/** The kind of an enclosure. Publishers' media types are wrong, missing or no media types ('mp3'). */
import type { Enclosure } from './model.ts'

/** 'other' is what Chromium neither plays nor shows. */
export type EnclosureKind = 'audio' | 'video' | 'image' | 'other'

/** What Chromium has no player for: playlists of streams, Flash, Windows Media, Real, Matroska, AVI, MIDI. */
const unplayable =
  /mpegurl|m3u8?|dash\+xml|mpd|flv|shockwave|flash|x-ms-|wm[av]|realaudio|realvideo|rn-real|matroska|mkv|msvideo|avi$|midi?$|amr|smil|pls$|scpls/i
const unplayableEndings = /^(?:m3u8?|mpd|flv|swf|wma|wmv|asf|rm|ram|rmvb|mkv|avi|midi?|amr|pls|smil|torrent)$/
const endings: Record<string, EnclosureKind> = {
  ...kindOfAll('audio', 'mp3', 'm4a', 'm4b', 'aac', 'ogg', 'oga', 'opus', 'flac', 'wav', 'weba'),
  ...kindOfAll('video', 'mp4', 'm4v', 'webm', 'ogv', 'mov', 'mpg4'),
  ...kindOfAll('image', 'jpg', 'jpeg', 'jfif', 'png', 'gif', 'webp', 'avif', 'svg', 'bmp'),
}
/** Types that say nothing, or that servers send for everything. */
const vagueTypes =
  /^$|octet-stream|^(?:unknown|none|null|binary|file|media|text\/(?:html|plain)|application\/(?:x-)?(?:download|force-download|unknown|binary))/i

/** By type, by the file's ending where the two disagree or the type says nothing, and by what the feed says besides. */
export function enclosureKind({ type, url, medium, duration }: Enclosure): EnclosureKind {
  const ending = endingOf(url)
  const said = type.trim().toLowerCase()
  if (unplayable.test(said) || unplayableEndings.test(ending)) return 'other'
  const byEnding = endings[ending]
  const byType = kindOfType(said)
  if (byType === 'image' && byEnding && byEnding !== 'image') return byEnding
  if (byType) return byType
  if (byEnding && (vagueTypes.test(said) || !said.includes('/'))) return byEnding
  if (medium) return medium
  if (byEnding) return byEnding
  return vagueTypes.test(said) && duration ? 'audio' : 'other'
}

function kindOfType(type: string): EnclosureKind | null {
  const main = /^(?:x-)?(audio|video|image)(?:\/|$)/.exec(type)?.[1]
  if (main) return main as EnclosureKind
  if (vagueTypes.test(type)) return null
  // 'mp3', 'application/mp4', '.m4a', 'mpeg/audio'
  const word = /(?:^|[/.\s-])(mp3|mpeg3|m4a|m4b|aac|opus|ogg|flac|wav|audio|mpeg)(?:$|[;\s/])/.exec(type)?.[1]
  if (word) return 'audio'
  return /(?:^|[/.\s-])(?:mp4|m4v|webm|ogv|quicktime|mov|video)(?:$|[;\s/])/.test(type) ? 'video' : null
}

/** The ending of the file's name in lower case, without the dot; '' without one. */
function endingOf(url: string): string {
  const path = url.split(/[?#]/, 1)[0] ?? ''
  return /\.([a-z\d]{2,7})$/i.exec(path)?.[1]?.toLowerCase() ?? ''
}

function kindOfAll(kind: EnclosureKind, ...names: string[]): Record<string, EnclosureKind> {
  return Object.fromEntries(names.map(name => [name, kind]))
}
