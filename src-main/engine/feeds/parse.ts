/** Text of any feed in the world to what its publisher says: the neutral form of parsed.ts. */
import type { Failure } from '../../api/model.ts'
import type { ParsedFeed } from './parsed.ts'

export type Parsed = { ok: true; feed: ParsedFeed } | { ok: false; failure: Failure }

/** `maxItems` keeps the first so many items; without it all of them are read. */
export type AboutFeed = { url: string; contentType: string | null; maxItems?: number }

/** Never throws on bad input, never fetches, takes time linear in the text. Synchronous inside. */
export async function parseFeed(_text: string, _about: AboutFeed): Promise<Parsed> {
  return { ok: false, failure: { reason: 'not-a-feed', found: [] } }
}
