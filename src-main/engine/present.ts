/** Makes what is stored into what a window shows: the same facts, with pictures as signed addresses. */
import type { Article, Feed, HeadlineRow } from '../api/model.ts'
import type { Signer } from './signing.ts'
import type { StoredArticle } from './store/article.ts'
import type { FeedRecord } from './store/feeds.ts'
import type { StoredRow } from './store/headlines.ts'

export function presentFeed(record: FeedRecord, signer: Signer): Feed {
  const { iconVersion, privateHost: _, language: __, isRemoved: ___, ...feed } = record
  return { ...feed, iconUrl: iconVersion ? signer.icon(feed.id, iconVersion) : null }
}

/** `loadImages` false: no address of a picture leaves the engine, so that none can be asked for. */
export function presentRow(row: StoredRow, signer: Signer, loadImages: boolean): HeadlineRow {
  const { image, iconVersion, sourceId, ...headline } = row
  return {
    ...headline,
    feedIconUrl: iconVersion ? signer.icon(sourceId, iconVersion) : null,
    imageUrl: image && loadImages ? signer.media(image, sourceId) : null,
  }
}

export function presentArticle(stored: StoredArticle, signer: Signer, loadImages: boolean): Article {
  const { image, iconVersion, sourceId, media, privateHost: _, ...article } = stored
  const shown = [
    ...media,
    ...stored.enclosures.filter(({ type }) => /^(audio|video|image)\//.test(type)).map(e => e.url),
  ]
  return {
    ...article,
    ...presentRow(stored, signer, loadImages),
    media: loadImages ? Object.fromEntries(shown.map(url => [url, signer.media(url, sourceId)])) : {},
  }
}
