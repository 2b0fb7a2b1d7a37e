/** How article text is set, from the settings: custom properties that the article's frame, its head and the sample read. */
import type { Settings } from '../../../src-main/api/settings.ts'

type TypeSettings = Pick<
  Settings,
  'typeface' | 'textSize' | 'lineLength' | 'lineHeight' | 'isJustified' | 'isHyphenated'
>
export type Typesetting = Record<`--${string}`, string>

/**
 * `scale` makes letters of one size look so: the x-height of Newsreader is 0.43 em, of Libre Franklin 0.53 em, of Atkinson
 * Hyperlegible 0.50 em. The space of Newsreader is 0.22 em, and kerned to 0.16 em after a full stop: words ran together in '1. Append',
 * 'A list'. `advance` is the mean width in em of a character of English text, spaces among them. `spacing`, in em:
 * readers with dyslexia read faster where letters and words stand wider apart, which the shapes of letters alone did not bring.
 */
const faces = {
  serif: { family: 'var(--serif)', scale: 1, advance: 0.398, spacing: 0, wordSpacing: 0.035 },
  sans: { family: 'var(--sans)', scale: 0.9, advance: 0.447, spacing: 0, wordSpacing: 0 },
  legible: { family: 'var(--legible)', scale: 0.93, advance: 0.437, spacing: 0.03, wordSpacing: 0.1 },
} as const

/** Of a word, with the space after it: a sixth of its characters are spaces. */
const spacesShare = 1 / 6

export function typesetting(settings: TypeSettings): Typesetting {
  const { family, scale, advance, spacing, wordSpacing } = faces[settings.typeface]
  const size = settings.textSize * scale
  const perCharacter = advance + spacing + wordSpacing * spacesShare
  return {
    '--text-face': family,
    '--text-size': `${round(size)}px`,
    '--text-leading': String(settings.lineHeight),
    '--text-spacing': `${spacing}em`,
    '--text-word-spacing': `${wordSpacing}em`,
    '--text-align': settings.isJustified ? 'justify' : 'start',
    '--text-hyphens': settings.isHyphenated ? 'auto' : 'manual',
    '--measure': `${Math.round(settings.lineLength * perCharacter * size)}px`,
  }
}

/** Sets them on an element. By script, since the page's policy allows no styles in attributes. */
export function typeset(element: HTMLElement, given: Typesetting): void {
  for (const [name, value] of Object.entries(given)) element.style.setProperty(name, value)
}

function round(size: number): number {
  return Math.round(size * 100) / 100
}
