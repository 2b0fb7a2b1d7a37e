/** HTML as text, for lists, the search index and a terminal. */
import { describe, expect, test } from 'vitest'
import { htmlStart, htmlToLines, htmlToText } from '../../src-main/lib/html-text.ts'

describe('in one line', () => {
  test.each([
    ['words within a word stay together', 'H<sub>2</sub>O and <b>bold</b>.', 'H2O and bold.'],
    ['blocks come apart', '<p>One</p><p>Two<br>Three</p><ul><li>Four<li>Five</ul>', 'One Two Three Four Five'],
    ['references are decoded once', 'Tom &amp; Jerry &amp;lt; &hellip;', 'Tom & Jerry &lt; …'],
    ['white space is one space', ' a\n\t b&nbsp;&nbsp;c ', 'a b c'],
    ['scripts and styles are no text', 'a<style>p { color: red }</style><script>if (a<b) c()</script>b', 'ab'],
    ['comments are no text', 'a<!-- <p>b</p> -->c', 'ac'],
    ['a sign that begins no tag stays', 'x<y and 1 < 2', 'x<y and 1 < 2'],
    ['a quoted sign ends no tag', '<a title="a > b">link</a>', 'link'],
  ])('%s', (_, html, text) => {
    expect(htmlToText(html)).toBe(text)
  })

  test('a beginning ends before a tag that it would cut in two', () => {
    const html = 'Read <a href="https://paper.example/">on</a>'
    expect(htmlToText(htmlStart(html, 20))).toBe('Read')
    expect(htmlToText(htmlStart(html, html.length))).toBe('Read on')
  })
})

describe('in a terminal', () => {
  test.each([
    ['paragraphs are apart', '<p>One\ntwo</p>\n<p>Three<br>four</p>', 'One two\n\nThree\nfour'],
    ['lists have signs', '<ul><li>One</li><li>Two</li></ul>', '- One\n- Two'],
    ['preformatted text keeps its lines', '<pre>a\nb</pre>', 'a\nb'],
    ['cells are apart', '<table><tr><td>a</td><td>b</td></tr></table>', 'a\tb'],
    ['pictures have their words', '<p>See <img src="a.png" alt="a &amp; b" /></p>', 'See [a & b]'],
    ['nothing moves the cursor', 'a&#27;[2Jb\u202ec', 'a[2Jbc'],
  ])('%s', (_, html, lines) => {
    expect(htmlToLines(html)).toBe(lines)
  })
})
