import { expect, test } from 'vitest'
import { defaultSettings } from '../../src-main/api/settings.ts'
import { scriptOf } from '../../src-renderer/article/text/script.ts'
import { typesetting } from '../../src-renderer/ui/styles/typesetting.ts'

const measureOf = (change: Partial<typeof defaultSettings>) =>
  Number.parseInt(typesetting({ ...defaultSettings, ...change })['--measure'] ?? '', 10)

test('a line holds as many characters in each typeface: wider letters make it wider, larger ones too', () => {
  const serif = measureOf({ typeface: 'serif', textSize: 20, lineLength: 70 })
  expect(serif).toBe(Math.round(70 * (0.398 + 0.035 / 6) * 20))
  expect(measureOf({ typeface: 'legible', textSize: 20, lineLength: 70 })).toBeGreaterThan(serif)
  expect(Math.abs(measureOf({ typeface: 'serif', textSize: 30, lineLength: 70 }) - serif * 1.5)).toBeLessThanOrEqual(1)
})

test('letters of one size look alike in each typeface: those with a high x-height are set smaller', () => {
  const sizes = (['serif', 'sans', 'legible'] as const).map(
    typeface => typesetting({ ...defaultSettings, typeface, textSize: 20 })['--text-size'],
  )
  expect(sizes).toEqual(['20px', '18px', '18.6px'])
})

test.each([
  {
    name: 'Arabic that begins with an English name',
    text: 'Reuters: عادت المكتبة العائمة إلى النهر',
    written: ['rtl', 'rtl'],
  },
  {
    name: 'English that quotes a Hebrew word',
    text: 'The word שלום means peace, and more.',
    written: ['other', 'ltr'],
  },
  {
    name: 'Japanese with some Latin names',
    text: 'Electronの新しい版が出ました。これは試験です。',
    written: ['cjk', 'ltr'],
  },
  {
    name: 'English with a Chinese name',
    text: 'She signed it 林知夏, in pencil, as always.',
    written: ['other', 'ltr'],
  },
  { name: 'no letters at all', text: '12:30, 14:00', written: ['other', 'ltr'] },
])('$name is told from its letters, whatever language the feed names', ({ text, written }) => {
  const { script, direction } = scriptOf(text)
  expect([script, direction]).toEqual(written)
})
