/** What a window needs to play sound of articles, and what is kept of how it was heard. */

import type { Input, Output } from '../../api/contract/contract.ts'
import type { FeedChapter } from '../../api/model.ts'
import type { Chapter, Episode, EpisodeKey } from '../../api/reading/playback.ts'
import { articleById } from '../../store/articles/article.ts'
import { keepPlayback, keepQueue, playbackOf, readQueue } from '../../store/articles/playback.ts'
import { accessOf } from '../../store/feeds/access.ts'
import { openProxy } from '../../store/feeds/proxy-address.ts'
import { makeReadingValues } from '../../store/reading.ts'
import type { Context } from '../context/context.ts'
import { readArticle } from '../context/read-article.ts'

export function makePlaybackCalls(context: Context) {
  const { db, now } = context
  return {
    episode: (key: Input<'episode'>): Output<'episode'> => episodeOf(context, key),

    chapters: (key: Input<'chapters'>): Promise<Output<'chapters'>> => chaptersOf(context, key),

    playQueue: (): Output<'playQueue'> => readQueue(db).flatMap(key => episodeOf(context, key) ?? []),

    keepPlayback({ articleId, url, ...heard }: Input<'keepPlayback'>): Output<'keepPlayback'> {
      keepPlayback(db, { articleId, url }, heard, now())
      return {}
    },

    keepQueue({ episodes }: Input<'keepQueue'>): Output<'keepQueue'> {
      keepQueue(db, episodes)
      return {}
    },
  }
}

/** Null where the article is gone, or has no such sound any more. */
function episodeOf(context: Context, { articleId, url }: EpisodeKey): Episode | null {
  const { db, signer } = context
  const article = readArticle(context, articleId)
  const stored = article && articleById(db, articleId)
  if (!article || !stored) return null
  const enclosure = article.enclosures.find(file => file.url === url)
  if (!enclosure && !stored.media.includes(url)) return null
  const heard = playbackOf(db, { articleId, url })
  return {
    articleId,
    url,
    ...heard,
    duration: heard.duration ?? enclosure?.duration ?? null,
    title: enclosure?.title || article.title,
    feedId: article.feedId,
    feedTitle: article.feedTitle,
    path: signer.media(url, stored.sourceId),
    imageUrl: article.imageUrl ?? article.feedIconUrl,
  }
}

/** A file that the feed names goes before what is in the feed, and that before what is in the sound. */
async function chaptersOf(context: Context, { articleId, url }: EpisodeKey): Promise<Chapter[]> {
  const { db, intake, secrets, signer } = context
  const article = articleById(db, articleId)
  if (!article) return []
  const given = article.enclosures.find(file => file.url === url)?.chapters ?? null
  const { sourceId, privateHost } = article
  const proxy = openProxy(secrets, accessOf(db, sourceId)?.proxy ?? null)
  const file = typeof given === 'string' ? given : null
  const found = Array.isArray(given) ? given : await intake.chapters({ url, privateHost, proxy, file })
  const { pictures } = makeReadingValues(db)(article)
  const pathOf = (image: string | undefined) => (image && pictures === 'load' ? signer.media(image, sourceId) : null)
  return found.map(({ start, title, url: page, image }: FeedChapter) => ({
    start,
    title,
    url: page ?? null,
    imageUrl: pathOf(image),
  }))
}
