/** Reads what an HTML page says about its feeds and icons. Pure: hostile bytes in, plain data out; runs in a worker. */

export type PageInput = { bytes: Uint8Array; url: string; contentType: string }

/** A link to what may be a feed; `type` is what the page calls it, '' where it says nothing. */
export type PageFeedLink = { url: string; title: string; type: string }
export type PageIcon = {
  url: string
  type: string /** Longest side in px; 0 unknown, Infinity for 'any'. */
  size: number
}

/** All addresses are absolute http(s), resolved against the page's base; icons may be data: too. */
export type PageLinks = {
  kind: 'page'
  title: string
  canonical: string | null
  generator: string
  /** <link rel=alternate> and rel=feed, in the page's order. */
  feeds: PageFeedLink[]
  /** <a> that look like a link to a feed. */
  anchors: PageFeedLink[]
  /** Where <meta http-equiv=refresh> leads. */
  refreshTo: string | null
  icons: PageIcon[]
  manifest: string | null
  /** YouTube's id of the channel that a page of it belongs to. */
  youtubeChannel: string | null
}

/** Never throws; a page that says nothing of use gives empty lists. */
export function readPage(input: PageInput): PageLinks {
  void input
  return {
    kind: 'page',
    title: '',
    canonical: null,
    generator: '',
    feeds: [],
    anchors: [],
    refreshTo: null,
    icons: [],
    manifest: null,
    youtubeChannel: null,
  }
}
