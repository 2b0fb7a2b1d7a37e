/** Contrast of text and what it stands on, in every theme, by WCAG 2.2 (1.4.3, 1.4.6). axe sees only what a page shows. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { themes } from '../../src-main/api/settings.ts'
import { projectRoot } from '../support/sources.ts'

const tokens = readFileSync(join(projectRoot, 'src-renderer', 'ui', 'styles', 'tokens.css'), 'utf8')
const inks = ['ink', 'ink-2', 'ink-3', 'ink-read', 'spot', 'link', 'warn', 'good']
const sheets = ['sheet', 'sheet-list', 'sheet-raised', 'sheet-sunk']

function coloursOf(theme: string): Record<string, string> {
  const block = new RegExp(`:root\\[data-theme="${theme}"\\] \\{([^}]*)\\}`).exec(tokens)?.[1] ?? ''
  return Object.fromEntries(
    [...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, colour]) => [name, colour]),
  )
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map(at => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

/** The pairs of an ink and a sheet whose contrast is below `least`. */
function faint(theme: string, least: number): string[] {
  const colours = coloursOf(theme)
  const pairs = inks.flatMap(ink =>
    sheets.map(sheet => [ink, sheet, contrast(colours[ink]!, colours[sheet]!)] as const),
  )
  expect(pairs).toHaveLength(inks.length * sheets.length)
  return pairs
    .filter(([, , ratio]) => !(ratio >= least))
    .map(([ink, sheet, ratio]) => `${ink} on ${sheet}: ${ratio.toFixed(1)}`)
}

test.each(themes.filter(theme => theme !== 'system'))(
  'in the theme %s every text can be read on every sheet',
  theme => {
    expect(faint(theme, 4.5)).toEqual([])
  },
)

test('in the theme of high contrast all text has at least 10 to 1, and in every theme the text of articles 11 to 1', () => {
  expect(faint('contrast', 10)).toEqual([])
  for (const theme of themes.filter(theme => theme !== 'system')) {
    const { ink = '', sheet = '' } = coloursOf(theme)
    expect(contrast(ink, sheet)).toBeGreaterThan(11)
  }
})
