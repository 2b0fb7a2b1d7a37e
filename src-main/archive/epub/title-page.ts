/** The first page of a book of several articles. */
import { escapeXml } from '../../lib/escape.ts'
import { dayOf, type LeavingArticle } from '../articles/leaving.ts'
import { xhtmlDocument } from './package.ts'

/** `at` in ms. */
export function titlePage(articles: LeavingArticle[], { title, at }: { title: string; at: number }): string {
  const sources = new Set(articles.map(({ feedTitle }) => feedTitle)).size
  const days = articles.map(dayOf).sort()
  const [first = '', last = ''] = [days[0], days.at(-1)]
  const span = first === last ? first : `${first} – ${last}`
  const made = new Date(at).toISOString().slice(0, 10)
  return xhtmlDocument({
    title,
    language: 'en',
    body: `<section class="title-page" epub:type="titlepage">
<h1 dir="auto">${escapeXml(title)}</h1>
<p>${articles.length} articles of ${sources === 1 ? 'one source' : `${sources} sources`}</p>
<p>${span}</p>
<p class="made">Broadsheet, ${made}</p>
</section>`,
  })
}
