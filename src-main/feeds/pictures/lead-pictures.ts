/**
 * Shows an article's pictures outside of its text (enclosures, thumbnails) above it, each once and only if the text does not
 * have it. Computed when an article is read; what is stored stays as the publisher wrote it.
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
/** Px: smaller ones are icons. */
const smallest = 65
/** Width of an episode's cover, in px. */
const coverWidth = 240
/** At most so many characters before a picture that opens the text. */
const fewWords = 120

/** In their order. A thumbnail only if no picture opens the text, since that is most likely the same one. */
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

/** Puts the pictures above the text. Their addresses were checked when they were stored (feeds/prepare). */
export function withLeadPictures(pictures: LeadPicture[], html: SafeHtml): SafeHtml {
  const figures = pictures.map(({ url, alt, isCover }) => {
    const width = isCover ? ` width="${coverWidth}"` : ''
    return `<figure><img src="${escapeHtml(url)}" alt="${escapeHtml(alt)}"${width} loading="lazy" referrerpolicy="no-referrer" /></figure>`
  })
  return (figures.join('') + html) as SafeHtml
}

/** Not what counts readers, and no icon, as far as its address tells. */
export function isWorthShowing(url: string): boolean {
  const width = widthInAddress(url)
  const parsed = URL.parse(url)
  if (!parsed || isTracker(parsed) || (width !== null && width < smallest)) return false
  const isIcon =
    /(?:^|\.)gravatar\.com$/.test(parsed.hostname) ||
    /(?:^|[-_./])(?:favicon|avatars?|apple-touch-icon)(?:[-_./]|$)/i.test(parsed.pathname)
  return !isIcon && !soundsLikePlaceholder(url)
}

/** The pictures in the text, without smileys and icons. `media` has films and sounds, too. */
function picturesIn(html: string, media: string[]): string[] {
  if (!html.includes('<img')) return []
  return media.filter(
    url => isWorthShowing(url) && !/^(?:audio|video)$/.test(enclosureKind({ url, type: '', length: null })),
  )
}

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
