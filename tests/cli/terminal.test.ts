/** What feeds write must not move the cursor of a terminal, whichever way the command line prints it. */
import { expect, test } from 'vitest'
import { asJson, oneLine } from '../../src-main/cli/base/output.ts'

const hostile = 'a\u001b[2Jb\u009b31mc\u0007d\u202ee\u2066f\u007f\ng'

test('a line has neither controls nor turns of direction', () => {
  expect(oneLine(hostile)).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u)
})

test.each([undefined, 2])('JSON has them escaped, and says the same (indent %s)', indent => {
  const json = asJson({ title: hostile, [hostile]: 1 }, indent)
  expect(json.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u)
  expect(JSON.parse(json)).toEqual({ title: hostile, [hostile]: 1 })
})
