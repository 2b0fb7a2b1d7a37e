/** Sound and film of articles, as a window plays them. Times in seconds. */

/** An episode is one sound of one article: `url` as in its enclosures, or in its text. */
export type EpisodeKey = { articleId: number; url: string }

/** How far it was heard. `duration`: as the player found it, null where nobody has played it. */
export type Playback = { position: number; duration: number | null; isPlayed: boolean }

export type Episode = EpisodeKey &
  Playback & {
    title: string
    /** Null once the feed is unsubscribed. */
    feedId: number | null
    feedTitle: string
    /** Signed path of the sound on the window's own origin. */
    path: string
    /** The same of its picture, where pictures are loaded. */
    imageUrl: string | null
  }

export type Chapter = {
  start: number
  title: string
  /** A page about it. */
  url: string | null
  /** Signed path of its picture, where pictures are loaded. */
  imageUrl: string | null
}

/** A sound without ids of one database: its article by its guid, or by its link where it has none. */
export type PortableEpisode = { feedUrl: string; guid: string | null; link: string | null; url: string }
/** `heardAt` in ms. */
export type PortablePlayback = PortableEpisode & Playback & { heardAt: number }
/** Of `queue` the first is what is played. */
export type PortableListening = { heard: PortablePlayback[]; queue: PortableEpisode[] }
