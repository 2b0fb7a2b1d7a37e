/** Links as Markdown: they are one link with one text, in a paragraph, a list and a table. */
import { expect, test } from 'vitest'
import { markdownLink } from '../../src-main/api/reading/markdown.ts'

test.each([
  ['brackets', 'Tides [and] moons', String.raw`[Tides \[and\] moons](https://a.example/)`],
  ['a pipe, which would end a cell', 'Left | right', String.raw`[Left \| right](https://a.example/)`],
  ['backticks', 'The `let` of ``it', String.raw`[The \`let\` of \`\`it](https://a.example/)`],
  ['marks', '*Loud*, _low_ and ~~gone~~', String.raw`[\*Loud\*, \_low\_ and \~\~gone\~\~](https://a.example/)`],
  [
    'a tag, an address and an entity',
    '<b> <https://x.example> &copy; &#65; A&B',
    String.raw`[\<b\> \<https://x.example\> \&copy; \&#65; A&B](https://a.example/)`,
  ],
  ['a backslash at its end', 'C:\\', String.raw`[C:\\](https://a.example/)`],
  ['lines', ' One\r\ntwo\u2028three\tfour ', '[One two three four](https://a.example/)'],
  ['right to left, with nothing put in', 'שלום [עולם]', String.raw`[שלום \[עולם\]](https://a.example/)`],
])('a title with %s', (_, title, link) => {
  expect(markdownLink(title, 'https://a.example/')).toBe(link)
})

test.each([
  ['https://a.example/tides_(1)', 'https://a.example/tides_%281%29'],
  ['https://a.example/?a=<b>&c=d e|f', 'https://a.example/?a=%3Cb%3E&c=d%20e%7Cf'],
  ['https://a.example/?a=1&lt;=2&b=3', 'https://a.example/?a=1&amp;lt;=2&b=3'],
])('the address %s', (url, written) => {
  expect(markdownLink('T', url)).toBe(`[T](${written})`)
})
