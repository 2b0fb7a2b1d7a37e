/**
 * The pictures that a feed gives beside an article's text (enclosures, thumbnails), made a part of what is shown: each once,
 * and not again where the text has it. What is stored stays as the publisher wrote it.
 */
import { enclosureKind } from '../../api/enclosures.ts'
import type { Enclosure, SafeHtml } from '../../api/model.ts'
import { escapeHtml } from '../../lib/escape.ts'
import { isTracker } from '../../lib/tracking.ts'
import { soundsLikePlaceholder } from './placeholders.ts'
import { isSamePicture } from './same-picture.ts'
import { widthInAddress } from './srcset.ts'

export type LeadPicture = { url: string; alt: string; isCover: boolean }

type Illustrated = { html: string; media: string[]; enclosures: Enclosure[]; image: string | null }

const mostPictures = 40
/** Below this, in px, it is an icon. */
const smallest = 65
/** As wide as an episode's cover is shown, in px. */
const coverWidth = 240
/** Characters before a picture that the text still begins with. */
const fewWords = 120

/** In their order. A thumbnail only where it would not stand above another copy of itself: no picture begins the text. */
export function leadPictures({ html, media, enclosures, image }: Illustrated): LeadPicture[] {
  const shown = picturesIn(html, media)
  const kinds = new Set(enclosures.map(enclosureKind))
  const files = enclosures.filter(file => enclosureKind(file) === 'image')
  const lead: LeadPicture[] = []
  const add = (url: string, alt: string, isCover = false) => {
    if (lead.length >= mostPictures || !isWorthShowing(url)) return
    if (shown.some(other => isSamePicture(other, url))) return
    const twin = lead.find(other => isSamePicture(other.url, url))
    if (!twin) lead.push({ url, alt, isCover })
    else if ((widthInAddress(url) ?? 0) > (widthInAddress(twin.url) ?? 0)) twin.url = url
  }
  for (const { url, title = '' } of files) add(url, title)
  const isWanted = lead.length === 0 && !kinds.has('video') && !(shown.length > 0 && opensWithPicture(html))
  if (image !== null && isWanted) add(image, '', kinds.has('audio'))
  return lead
}

/** What stands above the text. The addresses have been judged when they were stored (prepare.ts); these are all there is. */
export function withLeadPictures(pictures: LeadPicture[], html: SafeHtml): SafeHtml {
  const figures = pictures.map(({ url, alt, isCover }) => {
    const width = isCover ? ` width="${coverWidth}"` : ''
    return `<figure><img src="${escapeHtml(url)}" alt="${escapeHtml(alt)}"${width} loading="lazy" referrerpolicy="no-referrer" /></figure>`
  })
  return (figures.join('') + html) as SafeHtml
}

function isWorthShowing(url: string): boolean {
  const width = widthInAddress(url)
  const parsed = URL.parse(url)
  if (!parsed || isTracker(parsed) || (width !== null && width < smallest)) return false
  const isIcon =
    /(?:^|\.)gravatar\.com$/.test(parsed.hostname) ||
    /(?:^|[-_./])(?:favicon|avatars?|apple-touch-icon)(?:[-_./]|$)/i.test(parsed.pathname)
  return !isIcon && !soundsLikePlaceholder(url)
}

/** The pictures that the text shows; smileys and the like are none. `media` has its films and sounds, too. */
function picturesIn(html: string, media: string[]): string[] {
  if (!html.includes('<img')) return []
  return media.filter(
    url => isWorthShowing(url) && !/^(?:audio|video)$/.test(enclosureKind({ url, type: '', length: null })),
  )
}

/** Then it is, most likely, what the thumbnail shows, cut in another way. */
function opensWithPicture(html: string): boolean {
  const start = html.indexOf('<img')
  return (
    start >= 0 &&
    html
      .slice(0, Math.min(start, 5_000))
      .replace(/<[^>]{0,500}>/g, '')
      .trim().length < fewWords
  )
}
