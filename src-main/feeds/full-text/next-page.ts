/** Articles that their publishers cut into numbered pages: where the next one is. */
import { baseOf, type Page, type PageElement } from './page.ts'

/**
 * The address of the next page, where it is plain: a link to the same path with the next number, which is called 'next' or by that
 * number. `rel="next"` alone is not believed: blogs put it on the post that was written next. `number`: which page this is, from 1.
 */
export function nextPageAddress(page: Page, url: string, number: number): string | null {
  const own = URL.parse(url)
  if (!own) return null
  const here = numbered(own)
  // `/comic/12` is no page of an article.
  if (here.number !== number) return null
  const base = baseOf(page, url)
  for (const link of page.querySelectorAll('link[rel~="next"][href],a[href]')) {
    const to = URL.parse(link.getAttribute('href') ?? '', base)
    if (!to || to.origin !== own.origin) continue
    const there = numbered(to)
    if (there.number !== number + 1 || there.place !== here.place) continue
    if (leadsOn(link, there.number) && !isOfComments(link)) return to.href.replace(/#.*$/, '')
  }
  return null
}

const furtherWords =
  /next|weiter|nächste|suivant|siguiente|successiv|próxima|volgende|nästa|næste|neste|dalej|další|следующая|次|下一页|下一頁|다음|^[›»>→]+$/i

type Numbered = { place: string; number: number }

const inQuery = /^(?:page|p|pg|seite|pagina|pagenum|pagina_nr|pagewanted|paged)$/i
const inPath = /^(.*?)(?:\/(?:page|seite|pagina|p)[-/]?|\/|[-_,](?:page|seite|p)?[-_]?)([2-9]|1\d)(\.\w{2,5})?\/?$/i

/** An address as the place of all pages, and the number of this one. The first has none. */
function numbered({ pathname, searchParams }: URL): Numbered {
  const rest = [...searchParams].filter(([name]) => !inQuery.test(name) && !/^utm_/.test(name))
  const query = rest
    .map(pair => pair.join('='))
    .sort()
    .join('&')
  const asked = [...searchParams].find(([name]) => inQuery.test(name))?.[1]
  if (asked && /^\d{1,2}$/.test(asked)) return { place: `${trimmed(pathname)}?${query}`, number: Number(asked) }
  const [, before = '', number = '', ending = ''] = inPath.exec(pathname) ?? []
  if (before !== '') return { place: `${trimmed(before + ending)}?${query}`, number: Number(number) }
  return { place: `${trimmed(pathname)}?${query}`, number: 1 }
}

function trimmed(path: string): string {
  return path.replace(/\/+$/, '')
}

function leadsOn(link: PageElement, number: number): boolean {
  if (/(?:^|\s)next(?:\s|$)/i.test(link.getAttribute('rel') ?? '')) return true
  const words = (link.textContent ?? '').trim()
  if (words === String(number)) return true
  return words.length < 40 && furtherWords.test(words)
}

/** Below an article its comments may be numbered the same way. */
function isOfComments(link: PageElement): boolean {
  return link.closest('[id*="comment" i],[class*="comment" i],[id*="disqus" i]') !== null
}
