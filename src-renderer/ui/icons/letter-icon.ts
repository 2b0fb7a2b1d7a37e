/** The icon of a feed that has none: the first letter of its name on a colour of its own. */

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** The first letter or digit, as one whole character in any script. */
export function initialOf(title: string): string {
  for (const { segment } of segmenter.segment(title)) {
    if (/[\p{L}\p{N}]/u.test(segment)) return segment.toLocaleUpperCase()
  }
  return '·'
}

/** An angle on the colour wheel, always the same for the same name; 24 steps, far enough apart to be told apart. */
export function hueOf(title: string): number {
  let hash = 2_166_136_261
  for (const character of title) hash = Math.imul(hash ^ character.codePointAt(0)!, 16_777_619)
  return ((hash >>> 8) % 24) * 15
}
