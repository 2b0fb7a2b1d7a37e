/** Which pictures of an article can be enlarged, and what is shown of them then. */

import type { EnlargedPicture } from '../../state/dialogs.svelte.ts'
import { linkAbove } from './beside.ts'

/** In px: smaller ones have nothing more to show. */
const smallest = { width: 200, height: 120 }
const ending = /\.(?:jpe?g|png|gif|webp|avif|bmp)$/i

/** Marks a picture that has come, so that a click or Enter enlarges it. A link around it wins, unless it leads to the picture. */
export function offerEnlarging(picture: HTMLImageElement, words: string): void {
  const { naturalWidth, naturalHeight } = picture
  if (naturalWidth < smallest.width || naturalHeight < smallest.height) return
  const link = picture.closest('a[href]')
  if ((link && !leadsToPicture(link)) || linkAbove(picture)) return
  picture.dataset.opens = ''
  // The link is a stop for Tab already.
  if (link) return
  picture.tabIndex = 0
  picture.setAttribute('aria-description', words)
}

/** The picture that a click or a key on an element enlarges. */
export function enlargedBy(target: Element): HTMLImageElement | null {
  const picture = target.closest<HTMLImageElement>('img[data-opens]')
  if (picture) return picture
  const link = target.closest('a[href]')
  return link && leadsToPicture(link) ? link.querySelector<HTMLImageElement>('img[data-opens]') : null
}

export function enlargedPictures(page: Document): { element: HTMLImageElement; picture: EnlargedPicture }[] {
  return [...page.querySelectorAll<HTMLImageElement>('img[data-opens]')].map(element => ({
    element,
    picture: {
      src: element.getAttribute('src') ?? '',
      alt: element.alt,
      caption: captionOf(element),
      name: nameOf(element),
    },
  }))
}

function leadsToPicture(link: Element): boolean {
  const pathname = URL.parse(link.getAttribute('href') ?? '')?.pathname ?? ''
  return ending.test(pathname) && link.querySelector('img') !== null
}

function captionOf(picture: Element): string {
  const caption = picture.closest('figure')?.querySelector('figcaption')?.textContent ?? ''
  return (caption || picture.getAttribute('title') || '').replace(/\s+/g, ' ').trim()
}

/** As its publisher calls the file, else by what it shows. */
function nameOf(picture: HTMLImageElement): string {
  const address = URL.parse(picture.src)?.searchParams.get('u') ?? ''
  const last = URL.parse(address)?.pathname.split('/').at(-1) ?? ''
  const plain = (text: string) =>
    text
      .replace(/[^\p{L}\p{N}._-]+/gu, '-')
      .replace(/^[-.]+|[-.]+$/g, '')
      .slice(0, 80)
  return plain(decoded(last).replace(ending, '')) || plain(picture.alt) || 'picture'
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
