/**
 * The pictures of a digest: of each article that it names, the one that lists show of it. They are looked up when the digest is
 * read or leaves, not when it is made: so what is set for the pictures of a feed holds for its articles in every digest, too.
 */
import type { SafeHtml } from '../api/model.ts'
import { isWorthShowing } from '../feeds/pictures/lead-pictures.ts'
import { pictureKey } from '../feeds/pictures/same-picture.ts'
import { headlineMark, withoutMarks } from '../feeds/prepare/digest.ts'
import { escapeHtml } from '../lib/escape.ts'
import type { ReadDb } from '../store/db/open.ts'
import { articlePictures } from '../store/digest/pictures.ts'
import { makeReadingValues } from '../store/reading.ts'

/** Of the feed by whose rights it is fetched. */
export type DigestPicture = { url: string; feedId: number }

/** As many as a digest may name articles. */
const mostPictures = 50
/** In px, where no style sheet says how wide it is. */
const width = 240

type Illustrated = { html: SafeHtml; pictures: DigestPicture[] }

/**
 * Those that load by themselves in a list, each once: some feeds give their logo with each article. `isWanted`: what is set for
 * the digest itself.
 */
export function illustratedDigest(db: ReadDb, kept: SafeHtml, isWanted: boolean): Illustrated {
  const { html, headlines } = withoutMarks(kept)
  if (!isWanted) return { html, pictures: [] }
  const ids = headlines.slice(0, mostPictures).map(({ mark }) => Number.parseInt(mark, 10))
  const known = new Map(articlePictures(db, ids).map(picture => [headlineMark(picture), picture]))
  const readingOf = makeReadingValues(db)
  const pictures: DigestPicture[] = []
  const shown = new Set<string>()
  let illustrated = ''
  let from = 0
  for (const { mark, end } of headlines) {
    const picture = known.get(mark)
    if (!picture || readingOf(picture).pictures !== 'load' || !isWorthShowing(picture.image)) continue
    const { image: url, feedId } = picture
    const key = pictureKey(url)
    if (shown.has(key)) continue
    shown.add(key)
    pictures.push({ url, feedId })
    illustrated += html.slice(from, end) + figureOf(url)
    from = end
  }
  return { html: (illustrated + html.slice(from)) as SafeHtml, pictures }
}

/** The headline says what it is of. Its address was checked when the article was stored. */
function figureOf(url: string): string {
  return `\n<figure data-beside=""><img src="${escapeHtml(url)}" alt="" width="${width}" loading="lazy" referrerpolicy="no-referrer" /></figure>`
}
