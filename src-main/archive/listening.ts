/** Reads listening.json, which may be anybody's: what is not as it should be is left out. */
import type { PortableEpisode, PortableListening, PortablePlayback } from '../api/reading/playback.ts'
import { isRecord } from '../feeds/json.ts'
import { webAddress } from '../lib/urls.ts'

const longestKey = 4_096
/** In seconds: a year. */
const longest = 31_536_000
const most = 5_000

export function listeningOf(value: unknown): PortableListening {
  const { heard, queue } = isRecord(value) ? value : {}
  const records = (list: unknown) => (Array.isArray(list) ? list.slice(0, most).filter(isRecord) : [])
  return {
    heard: records(heard).flatMap(one => playbackOf(one) ?? []),
    queue: records(queue).flatMap(one => episodeOf(one) ?? []),
  }
}

function playbackOf(record: Record<string, unknown>): PortablePlayback | null {
  const episode = episodeOf(record)
  const { position, duration, isPlayed, heardAt } = record
  const at = typeof heardAt === 'string' ? Date.parse(heardAt) : Number.NaN
  if (!episode || !isTime(position) || Number.isNaN(at)) return null
  return {
    ...episode,
    position,
    duration: isTime(duration) ? duration : null,
    isPlayed: isPlayed === true,
    heardAt: at,
  }
}

function episodeOf({ feedUrl, guid, link, url }: Record<string, unknown>): PortableEpisode | null {
  const [feed, sound] = [text(feedUrl), text(url)]
  if (feed === null || sound === null || webAddress(sound) === null) return null
  return { feedUrl: feed, guid: text(guid), link: text(link), url: sound }
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value.length > 0 && value.length <= longestKey ? value : null
}

function isTime(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value <= longest
}
