/** The second gate: what the engine has sanitised is sanitised again here, by the browser's own parser. */
import DOMPurify from 'dompurify'
import { articleIdPrefix } from '../../src-main/api/model.ts'
import { mathAttributeNames, mathTags } from '../../src-main/maths/elements.ts'
import { boxFormula } from './maths/formula-box.ts'
import { mendLists } from './mend-lists.ts'
import { isWithinArticle } from './text/article-places.ts'
import { markLonePictures } from './text/lone-pictures.ts'
import { setTables } from './text/tables.ts'

const tags = [
  ...list('p div br hr h1 h2 h3 h4 h5 h6 blockquote pre address ul ol li dl dt dd figure figcaption details summary'),
  ...list('table caption colgroup col thead tbody tfoot tr th td a b strong i em u s small mark sub sup abbr cite'),
  ...list('q dfn code kbd samp var span bdi bdo wbr ruby rb rt rp rtc time del ins img audio video source'),
  ...['math', ...mathTags],
]
const attributes = [
  ...list(
    'href id title dir lang src alt width height poster controls type start reversed value colspan rowspan align',
  ),
  ...list('scope span open display datetime data-embed data-beside data-code data-writing data-tex encoding'),
  ...new Set(Object.values(mathAttributeNames).flat()),
]
const addresses = new Set(['href', 'src', 'poster'])
const rules = {
  ALLOWED_TAGS: tags,
  ALLOWED_ATTR: attributes,
  // Else DOMPurify takes every other value for an address, too, and drops it: `dir="rtl"`, `colspan="2"`, a card's mark.
  ADD_URI_SAFE_ATTR: attributes.filter(name => !addresses.has(name)),
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  ALLOWED_URI_REGEXP: new RegExp(`^(?:(?:https?|mailto|data):|#${articleIdPrefix})`, 'i'),
  RETURN_DOM_FRAGMENT: true,
} as const

const links = new Set(['http:', 'https:', 'mailto:'])
const raster = /^data:image\/(?:png|jpeg|gif|webp|avif);base64,/i

/**
 * The body of an article, ready to be put into a document. `media` gives, for an address in the text, the path on our own
 * origin; whatever is not in it is taken out, so that reading tells nobody.
 */
export function articleBody(html: string, media: Record<string, string>): DocumentFragment {
  // A document without a body (frames take its place) gives nothing at all.
  const body = DOMPurify.sanitize(html, rules) ?? document.createDocumentFragment()
  // Any other id could clobber a name of the window.
  for (const element of body.querySelectorAll('[id]')) {
    if (!element.id.startsWith(articleIdPrefix)) element.removeAttribute('id')
  }
  for (const link of body.querySelectorAll('a')) tameLink(link)
  for (const element of body.querySelectorAll('img, audio, video, source')) tameMedia(element, media)
  for (const player of body.querySelectorAll('audio, video')) {
    player.setAttribute('controls', '')
    player.setAttribute('preload', 'none')
    if (!player.hasAttribute('src') && !player.querySelector('source')) player.remove()
  }
  mendLists(body)
  for (const summary of body.querySelectorAll('summary')) takeLinksOut(summary)
  for (const element of body.querySelectorAll('[lang]')) {
    if (!isLanguage(element.getAttribute('lang') ?? '')) element.removeAttribute('lang')
  }
  setTables(body)
  markLonePictures(body)
  for (const math of body.querySelectorAll('math[display="block"]')) boxFormula(math)
  return body
}

function list(words: string): string[] {
  return words.split(' ')
}

/** A link in a summary would be a control within a control: it moves to the top of the details. */
function takeLinksOut(summary: Element): void {
  for (const link of [...summary.querySelectorAll('a[href]')].reverse()) {
    const paragraph = document.createElement('p')
    link.replaceWith(...[...link.childNodes].map(node => node.cloneNode(true)))
    paragraph.append(link)
    summary.after(paragraph)
  }
}

const languageNames = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' })

/** Whether a screen reader can choose a voice by it: 'english' is no tag. Empty stands for an unknown language. */
function isLanguage(tag: string): boolean {
  if (tag === '') return true
  try {
    return languageNames.of(new Intl.Locale(tag).language) !== undefined
  } catch {
    return false
  }
}

function tameLink(link: HTMLAnchorElement): void {
  if (isWithinArticle(link)) return
  const address = URL.parse(link.getAttribute('href') ?? '')
  if (!address || !links.has(address.protocol)) {
    link.removeAttribute('href')
    return
  }
  link.rel = 'noopener noreferrer nofollow'
  link.target = '_blank'
  if (!link.title) link.title = address.href
}

function tameMedia(element: Element, media: Record<string, string>): void {
  for (const name of ['src', 'poster']) {
    const address = element.getAttribute(name)
    if (address === null) continue
    const path = Object.hasOwn(media, address) ? media[address] : undefined
    if (path !== undefined) element.setAttribute(name, path)
    else if (!raster.test(address) || element.localName !== 'img') element.removeAttribute(name)
  }
  if (element.localName === 'img') {
    element.setAttribute('decoding', 'async')
    if (!element.hasAttribute('alt')) element.setAttribute('alt', '')
  }
  const isEmpty = !element.hasAttribute('src') && ['img', 'source'].includes(element.localName)
  if (isEmpty) element.remove()
}
