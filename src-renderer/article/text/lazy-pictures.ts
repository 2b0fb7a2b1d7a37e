/**
 * Pictures of the article are loaded when they come near: `loading="lazy"` does nothing in a document without scripts, so
 * that a page cannot be tracked by it. Until then, each has the room it will take.
 */

/** Width and height in px. */
export type PictureSize = readonly [number, number]

/** Holds the address of a picture until it is near, when it is moved to `src`. */
const waiting = 'data-pending'
/** In px around what is in sight: two screens of reading ahead. */
const margin = '1600px 0px'
/** Higher ones, as pages of a comic, have the full width; lower ones, in portrait, are kept to what a window shows. */
const tallest = 2.1
const portrait = 1.15
/** In em of the text. */
const portraitHeight = 32

export class LazyPictures {
  readonly #near: IntersectionObserver
  readonly #page: Document

  /** `onarrive` is told of each picture that has come. */
  constructor(page: Document, onarrive: (picture: HTMLImageElement) => void) {
    this.#page = page
    this.#near = new IntersectionObserver(seen => this.#load(seen), { rootMargin: margin, scrollMargin: margin })
    // Neither event bubbles.
    const onsettled = ({ target }: Event) => {
      if (isWaiting(target as Element) && settle(target as HTMLImageElement)) onarrive(target as HTMLImageElement)
    }
    page.addEventListener('load', onsettled, true)
    page.addEventListener('error', onsettled, true)
  }

  /** Another text is in the page. Pictures of formulas wait till it is clear that they are needed (maths/typeset.ts). */
  begin(): void {
    this.#near.disconnect()
    for (const picture of this.#page.querySelectorAll(`img[${waiting}]:not([data-tex])`)) this.#near.observe(picture)
  }

  /** For paper, where everything is in sight. */
  loadAll(): void {
    for (const picture of this.#page.querySelectorAll<HTMLImageElement>(`img[${waiting}]`)) load(picture)
  }

  stop(): void {
    this.#near.disconnect()
  }

  #load(seen: IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting } of seen) {
      if (!isIntersecting) continue
      this.#near.unobserve(target)
      load(target as HTMLImageElement)
    }
  }
}

/** Makes pictures wait until they come near, in the room that they will take. Before they are in a page that loads them. */
export function postponePictures(body: DocumentFragment, sizeOf: (path: string) => PictureSize | undefined): void {
  for (const picture of body.querySelectorAll<HTMLImageElement>('img[src]')) {
    const path = picture.getAttribute('src') ?? ''
    if (!path.startsWith('data:')) postpone(picture, path, sizeOf(path))
  }
}

function postpone(picture: HTMLImageElement, source: string, size: PictureSize | undefined): void {
  picture.setAttribute(waiting, source)
  picture.removeAttribute('src')
  const isSized = picture.hasAttribute('width') && picture.hasAttribute('height')
  if (!isSized && size) giveSize(picture, size)
  if (isSized || size) keepInSight(picture)
  else if (isAlone(picture) && !picture.hasAttribute('width')) picture.setAttribute('data-unsized', '')
}

/** A width given by the publisher stays; the height follows from the picture's own sides. */
function giveSize(picture: HTMLImageElement, [width, height]: PictureSize): void {
  const given = Number(picture.getAttribute('width')) || width
  picture.setAttribute('width', String(given))
  picture.setAttribute('height', String(Math.round((given * height) / width)))
}

function keepInSight(picture: HTMLImageElement): void {
  const width = Number(picture.getAttribute('width'))
  const height = Number(picture.getAttribute('height'))
  const shape = height / width
  if (shape < portrait || shape > tallest || width < 100) return
  picture.style.maxWidth = `min(100%, ${(portraitHeight / shape).toFixed(2)}em)`
}

function load(picture: HTMLImageElement): void {
  picture.src = picture.getAttribute(waiting) ?? ''
}

const isWaiting = (element: Element): boolean => element.localName === 'img' && element.hasAttribute(waiting)

/** Whether it has come; else it will not. */
function settle(picture: HTMLImageElement): boolean {
  const { naturalWidth, naturalHeight } = picture
  picture.removeAttribute(waiting)
  if (naturalWidth > 0) {
    if (picture.hasAttribute('data-unsized')) giveSize(picture, [naturalWidth, naturalHeight])
    keepInSight(picture)
    if (naturalWidth > 48) picture.setAttribute('data-loaded', '')
  }
  picture.removeAttribute('data-unsized')
  if (naturalWidth === 0) forgetSize(picture)
  return naturalWidth > 0
}

/** The words that stand for a picture that is not there want a line, not its room. */
function forgetSize(picture: HTMLImageElement): void {
  for (const name of ['width', 'height', 'style']) picture.removeAttribute(name)
  picture.setAttribute('data-failed', '')
}

/** No words beside it: smileys and icons stand in a line, and have their own small size. */
function isAlone(picture: Element): boolean {
  const block = picture.closest('figure, p, div, li, td, th, blockquote')
  if (!block) return true
  if (block.localName === 'td' || block.localName === 'th') return false
  return block.localName === 'figure' || (block.textContent ?? '').trim() === ''
}
