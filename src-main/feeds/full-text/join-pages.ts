/** Joins the pages of an article that its publisher cut into several. Apart from what reads them, which brings a DOM along. */
import { articleIdPrefix, type SafeHtml } from '../../api/model.ts'
import type { ExtractedPage } from '../documents.ts'

/** Beyond this it is a list, or a site that counts on for ever. */
export const mostPages = 5
/** As much as one article may have. */
const largest = 5_000_000

/** One article of its pages, in order. A page that says the same again is left out: the server took no notice of the number. */
export function joinPages(pages: ExtractedPage[]): ExtractedPage {
  const whole = { ...(pages[0] as ExtractedPage) }
  const texts = new Set([whole.text])
  for (const [at, { html, text, media, nextPage }] of pages.entries()) {
    if (texts.has(text) || at >= mostPages || whole.html.length + html.length > largest) continue
    texts.add(text)
    whole.html = (whole.html + withOwnPlaces(html, at)) as SafeHtml
    whole.text += ` ${text}`
    whole.media = [...new Set([...whole.media, ...media])]
    whole.nextPage = nextPage
  }
  return whole
}

/** Numbers the places that links lead to apart from those of the pages before: each page's begin with the same. */
function withOwnPlaces(html: string, page: number): string {
  return html.replace(/<[^>]+>/g, tag =>
    tag.replace(new RegExp(`( id="| href="#)${articleIdPrefix}(\\d+)"`, 'g'), `$1${articleIdPrefix}${page}00000$2"`),
  )
}
