/** The list of changes, taken apart for the window. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { changesOf } from '../../scripts/packaging/changes.mjs'
import { root } from './packing.ts'

test('each version is a section, newest first, with its parts and their changes', () => {
  const list = '# Changes\n\n## Unreleased\n\nFirst.\n\n- Run `a b` now.\n- Two\n\n## 0.1.0\r\n\r\n- `One`\r\n'
  expect(changesOf(list)).toEqual([
    {
      version: null,
      parts: [
        {
          title: 'First.',
          changes: [
            [
              { text: 'Run ', isCode: false },
              { text: 'a b', isCode: true },
              { text: ' now.', isCode: false },
            ],
            [{ text: 'Two', isCode: false }],
          ],
        },
      ],
    },
    { version: '0.1.0', parts: [{ title: '', changes: [[{ text: 'One', isCode: true }]] }] },
  ])
})

test('nothing of the real list is left out, and nothing of it is markup that would be shown as it is written', () => {
  const list = readFileSync(join(root, 'CHANGELOG.md'), 'utf8')
  const changes = changesOf(list).flatMap(({ parts }) => parts.flatMap(part => part.changes))
  expect(changes).toHaveLength([...list.matchAll(/^- /gm)].length)
  const text = changes.flat().filter(({ isCode }) => !isCode)
  expect(text.filter(piece => /\*\*|\]\(|^#|^ {2}/.test(piece.text))).toEqual([])
})
