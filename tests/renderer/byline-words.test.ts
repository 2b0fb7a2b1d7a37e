/** Which first lines of a text only repeat who wrote it and when. */
import { expect, test } from 'vitest'
import { isByline } from '../../src-renderer/article/text/byline-words.ts'

const publishedAt = Date.UTC(2019, 9, 15, 22)
const byline = { author: 'Bradley M. Kuhn', publishedAt, language: 'en' }
const german = { author: 'Jürgen Groß', publishedAt, language: 'de' }

test.each([
  ['Tuesday 15 October 2019 by Bradley M. Kuhn', byline],
  ['By Bradley M. Kuhn', byline],
  ['Posted on Oct. 15th, 2019 at 10:30 pm', byline],
  ['2019-10-15', byline],
  // Where the publisher is, it is the next day.
  ['October 16, 2019', byline],
  ['Von Jürgen Groß, 15. Oktober 2019, 22.00 Uhr', german],
])('%s', (line, of) => {
  expect(isByline(line, of)).toBe(true)
})

test.each([
  ['Image by Bradley M. Kuhn', byline],
  ['Bradley M. Kuhn is on holiday.', byline],
  ['By Bradley M. Kuhn and Karen Sandler', byline],
  ['By Bradley', byline],
  ['2 October 2019', byline],
  ['15 October 2018', byline],
  ['October 2019', byline],
  ['15 of 2019 readers', byline],
  ['Updated on October 15, 2019', byline],
  ['By', { ...byline, author: '' }],
  ['', byline],
])('not: %s', (line, of) => {
  expect(isByline(line, of)).toBe(false)
})
