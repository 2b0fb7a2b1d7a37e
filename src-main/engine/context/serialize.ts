/** Rows of the store as the JSON that a window gets, with pictures as signed addresses. */
import { enclosureKind } from '../../api/enclosures.ts'
import type { Article, Enclosure, Feed, FullText, HeadlineRow, PageKey, SafeHtml } from '../../api/model.ts'
import { filmOf, isSameFilm } from '../../api/reading/embeds.ts'
import type { ReadingValues } from '../../api/settings.ts'
import { type Illustrated, illustrated } from '../../feeds/pictures/illustrated.ts'
import { isSamePicture } from '../../feeds/pictures/same-picture.ts'
import type { StoredArticle } from '../../store/articles/article.ts'
import type { StoredRow } from '../../store/articles/headlines.ts'
import type { FeedRecord } from '../../store/feeds/feeds.ts'
import type { StoredFullText } from '../../store/full-texts/full-texts.ts'
import { storyRef } from '../../store/stories/stories.ts'
import type { Signer } from './signing.ts'

export function serializeFeed(record: FeedRecord, signer: Signer): Feed {
  const { iconVersion, privateHost: _, language: __, isRemoved: ___, ...feed } = record
  return { ...feed, iconUrl: iconVersion ? signer.icon(feed.id, iconVersion) : null }
}

/** `reading`: what holds for its feed. A thumbnail loads by itself: there is none where the reader is to be asked. */
export function serializeRow(row: StoredRow, signer: Signer, reading: ReadingValues): HeadlineRow {
  const { image, iconVersion, sourceId, editedAt, copies } = row
  // Field by field: for 200 rows, copying all but some of a row's fields takes three times as long.
  const headline: HeadlineRow = {
    id: row.id,
    feedId: row.feedId,
    feedTitle: row.feedTitle,
    feedIconUrl: iconVersion ? signer.icon(sourceId, iconVersion) : null,
    title: row.title,
    summary: row.summary,
    author: row.author,
    url: row.url,
    publishedAt: row.publishedAt,
    isRead: row.isRead,
    isSaved: row.isSaved,
    imageUrl: image && reading.pictures === 'load' ? signer.media(image, sourceId) : null,
  }
  const story = storyRef(row.storyId, row.storySources, row.hasStoryNew)
  if (editedAt !== null) headline.editedAt = editedAt
  if (story) headline.story = story
  if (copies) headline.copies = copies
  if (row.title === '' && image) headline.isPicture = true
  if (reading.openAs === 'page' && row.url) headline.opensPage = true
  if (reading.direction !== 'auto') headline.direction = reading.direction
  return headline
}

/** The key after which the next page begins; null where there is no row. */
export function keyOf(rows: PageKey[]): PageKey | null {
  const last = rows.at(-1)
  return last ? { publishedAt: last.publishedAt, id: last.id } : null
}

/** The sizes of pictures that are known, by their addresses. */
type SizesOf = (urls: string[]) => Article['pictureSizes']

/** What holds for an article besides what is stored of it. */
export type Shown = Pick<Article, 'categories' | 'reading' | 'isTeaser' | 'isFullTextShown' | 'isFullTextWanted'>

/** With pictures at 'never', no address of one leaves the engine, so that none can be loaded. */
export function serializeArticle(stored: StoredArticle, signer: Signer, shown: Shown, sizesOf: SizesOf): Article {
  const {
    image,
    iconVersion,
    sourceId,
    copyGroup: _,
    folderId: __,
    reading: ___,
    media: ____,
    privateHost: _____,
    editedAt: ______,
    storyId: _______,
    storySources: ________,
    hasStoryNew: _________,
    fullText,
    ...article
  } = stored
  const given = illustrated(stored)
  const full = fullText?.kind === 'text' ? illustrated({ ...stored, html: fullText.html, media: fullText.media }) : null
  const current = (shown.isFullTextShown && full) || given
  const players = stored.enclosures.filter(isPlayed).map(({ url }) => url)
  const isLoaded = shown.reading.pictures !== 'never'
  const loaded = isLoaded ? [...current.beside, ...current.media, ...players] : players
  return {
    ...article,
    ...serializeRow(stored, signer, shown.reading),
    ...shown,
    html: given.html,
    fullText: fullText && serializeFullText(fullText, full?.html),
    shownEnclosures: stored.enclosures.filter(file => isShown(file, current)).map(({ url }) => url),
    media: Object.fromEntries(loaded.map(url => [url, signer.media(url, sourceId)])),
    pictureSizes: isLoaded ? sizesOf([...current.beside, ...current.media]) : {},
  }
}

function serializeFullText({ isShown: _, ...text }: StoredFullText, html: SafeHtml | undefined): FullText {
  if (text.kind === 'failed') return text
  const { media: __, ...rest } = text
  return { ...rest, html: html ?? rest.html }
}

/** Media get their addresses also where pictures are not loaded: nothing of them is fetched before the user plays them. */
export function isPlayed(enclosure: Enclosure): boolean {
  const kind = enclosureKind(enclosure)
  return kind === 'audio' || kind === 'video'
}

/** Whether the article's HTML has it already: as a medium, as the card of a film, or as a picture in any size. */
function isShown(enclosure: Enclosure, { beside, media, films }: Illustrated): boolean {
  if (media.includes(enclosure.url)) return true
  const film = enclosure.type === 'text/html' ? filmOf(enclosure.url) : null
  if (film && films.some(shown => isSameFilm(shown, film))) return true
  if (enclosureKind(enclosure) !== 'image') return false
  return [...beside, ...media].some(url => isSamePicture(url, enclosure.url))
}
