/** A picture beside what a digest says of an article does, for the mouse, what the headline above it does. */
export function linkAbove(picture: Element): HTMLAnchorElement | null {
  const headline = picture.closest('figure[data-beside]')?.previousElementSibling
  return headline?.querySelector<HTMLAnchorElement>('a[href]') ?? null
}
