/** What of an article's media is loaded, where the reader is to be asked for pictures first. */
import { enclosureKind } from '../../../src-main/api/enclosures.ts'
import type { Article } from '../../../src-main/api/model.ts'

type Illustrated = Pick<Article, 'media' | 'enclosures' | 'fullText' | 'html'>

/** Without pictures: sounds and films that are files of the article, of which nothing is fetched before they are played. */
export function mediaWithoutPictures({
  media,
  enclosures,
}: Pick<Article, 'media' | 'enclosures'>): Record<string, string> {
  const played = enclosures.filter(file => ['audio', 'video'].includes(enclosureKind(file)))
  return Object.fromEntries(played.flatMap(({ url }) => (media[url] === undefined ? [] : [[url, media[url]]])))
}

/** Whether a text has pictures that could be loaded. `html` is what the engine has sanitised. */
export function hasPictures(article: Illustrated, html: string): boolean {
  const isMore = Object.keys(article.media).length > Object.keys(mediaWithoutPictures(article)).length
  return isMore && /<img\s|\sposter=/.test(html)
}
