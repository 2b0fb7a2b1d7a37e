import { expect, test } from 'vitest'
import { type TokenKind, tokensOf } from '../../src-renderer/article/code/tokens.ts'

function coloured(text: string, language: string | null): [string, TokenKind][] {
  return tokensOf({ text, language }).map(({ start, end, kind }) => [text.slice(start, end), kind])
}

test('code in a named language has its words told apart', () => {
  expect(coloured('// how high\nconst level = 4 && "a<b"', 'js')).toEqual([
    ['// how high', 'comment'],
    ['const', 'keyword'],
    ['4', 'number'],
    ['"a<b"', 'string'],
  ])
  expect(coloured('def rise(self):', 'python')).toEqual([
    ['def', 'keyword'],
    ['rise', 'name'],
  ])
  expect(coloured('-low\n+high', 'diff')).toEqual([
    ['-low', 'removed'],
    ['+high', 'added'],
  ])
})

test('tokens stand in order, apart, and within the text', () => {
  const text = 'class River<T> extends Water { flow = "a & b" + 4 } // <end>\n'.repeat(20)
  const tokens = tokensOf({ text, language: 'ts' })
  let at = 0
  for (const { start, end } of tokens) {
    expect(start).toBeGreaterThanOrEqual(at)
    expect(end).toBeGreaterThan(start)
    at = end
  }
  expect(at).toBeLessThanOrEqual(text.length)
  expect(tokens.length).toBeGreaterThan(100)
})

test.each([
  ['a script names its interpreter', '#!/usr/bin/env python3\nimport os\n'],
  ['PHP has its own tag', '<?php\necho 1;\n'],
  ['a difference has its header', '--- a/river\n+++ b/river\n@@ -1 +1 @@\n-low\n+high\n'],
  ['JSON can be read as such', '{ "level": 4 }'],
  ['C includes', '#include <stdio.h>\nint main(void) { return 0; }\n'],
])('without a name it is told where it cannot be anything else: %s', (_, text) => {
  expect(coloured(text, null).length).toBeGreaterThan(0)
})

test.each([
  ['a poem', 'The river rose\n  in the night,\nand class was over for the day.\n', null],
  ['a listing', 'root:x:0:0:root:/root:/bin/bash\ndaemon:x:1:1:daemon:/usr/sbin\n', null],
  ['a language we do not know', 'IF 1 THEN GOTO 10', 'gw-basic'],
])('%s stays as it is', (_, text, language) => {
  expect(coloured(text, language)).toEqual([])
})
