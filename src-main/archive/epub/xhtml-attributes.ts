/** The attributes that an element keeps in an EPUB: EPUB 3.3 knows those of HTML, and none that only draw. */
import type { Element } from '../articles/tree.ts'

const kept: Record<string, readonly string[]> = {
  img: ['width', 'height'],
  figure: ['data-beside'],
  ol: ['start', 'reversed', 'type'],
  li: ['value'],
  td: ['colspan', 'rowspan'],
  th: ['colspan', 'rowspan', 'scope'],
  col: ['span'],
  colgroup: [],
  details: ['open'],
}

/** As written in XHTML, without `id` and addresses. */
export function attributesOf(name: string, { attribs }: Element): Record<string, string> {
  const attributes: Record<string, string> = {}
  for (const attribute of kept[name] ?? []) {
    const value = attribs[attribute]
    if (value !== undefined) attributes[attribute] = value === '' ? attribute : value
  }
  const { lang, dir, title } = attribs
  if (lang) Object.assign(attributes, { lang, 'xml:lang': lang })
  if (dir) attributes.dir = dir.toLowerCase()
  if (title && name !== 'img') attributes.title = title
  return attributes
}

const schemes = new Set(['http:', 'https:', 'mailto:'])

/** An address that may be linked to. Characters that browsers forgive and RFC 3986 does not have are encoded. */
export function linkAddress(address: string): string | null {
  const url = URL.parse(address)
  if (!url || !schemes.has(url.protocol)) return null
  return url.href.replace(/[^\w\-.~:/?#[\]@!$&'()*+,;=%]/g, encodeURIComponent).replace(/%(?![0-9a-f]{2})/gi, '%25')
}
