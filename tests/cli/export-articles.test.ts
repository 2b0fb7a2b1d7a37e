/** What `export-articles` makes of its arguments. */
import { expect, test } from 'vitest'
import { readCommand } from '../../src-main/cli/arguments.ts'

test.each([
  [['--view', 'saved'], 'export-articles needs --out FILE'],
  [['--format', 'md', '--out', 'a.md'], 'export-articles writes --format epub'],
  [['--limit', '201', '--out', 'a.epub'], '--limit is 1 to 200 here'],
])('what is asked wrongly (%j) is told', (args, words) => {
  const read = readCommand(['export-articles', ...args])
  expect(read).toMatchObject({ kind: 'wrong', text: expect.stringContaining(words) })
})

test('a book has what is listed, up to 200 articles, or what is searched for', () => {
  const read = readCommand(['export-articles', 'tide', 'tables', '--out', 'a.epub'])
  expect(read).toMatchObject({ words: ['tide', 'tables'], limit: 200, out: 'a.epub' })
  expect(readCommand(['export-articles', '--view', 'feed:3', '--limit', '20', '--out', 'a.epub'])).toMatchObject({
    view: { kind: 'feed', feedId: 3 },
    limit: 20,
  })
})
