import { expect, test } from 'vitest'
import { sanitizeHtml } from '../../../src-main/feeds/sanitize/sanitize.ts'
import { tasks } from '../../../src-main/workers/tasks.ts'

const base = 'https://blog.example/post'
const languageIn = (html: string) => /data-code="([^"]*)"/.exec(html)?.[1]
const code = 'const flood = rivers.filter(river => river.level > 4)\n'

const ways: [string, string, string][] = [
  ['HTML’s own class', `<pre><code class="language-js">${code}</code></pre>`, 'js'],
  ['the class of many highlighters', `<pre class="prettyprint lang-js">${code}</pre>`, 'js'],
  ['highlight.js, after it ran', `<pre><code class="hljs javascript">${code}</code></pre>`, 'javascript'],
  [
    'Jekyll',
    `<div class="language-ruby highlighter-rouge"><div class="highlight"><pre class="highlight"><code>${code}</code></pre></div></div>`,
    'ruby',
  ],
  ['GitHub', `<div class="highlight highlight-source-ts"><pre>${code}</pre></div>`, 'ts'],
  ['pandoc', `<div class="sourceCode"><pre class="sourceCode python"><code>${code}</code></pre></div>`, 'python'],
  ['SyntaxHighlighter', `<pre class="brush: java; title: ; notranslate">${code}</pre>`, 'java'],
  ['an attribute', `<pre data-lang="C++"><code>${code}</code></pre>`, 'c++'],
]

test.each(ways)('the language of code is kept as named by %s', (_, html, language) => {
  const once = sanitizeHtml(html, { base }).html
  expect(languageIn(once)).toBe(language)
  expect(once).not.toContain('class')
  expect(sanitizeHtml(once, { base }).html).toBe(once)
})

test.each(ways)('and so it is in the article of a page, as named by %s', async (_, html, language) => {
  const sentence = 'The river rose through the night, and by the morning it stood in the lower streets of the town. '
  const page = `<html><body><article><h1>Flood</h1><p>${sentence.repeat(8)}</p>${html}<p>${sentence.repeat(8)}</p></article></body></html>`
  const answer = await tasks.extractPage({ bytes: new TextEncoder().encode(page), url: base, contentType: 'text/html' })
  expect(answer.ok && languageIn(answer.html)).toBe(language)
})

test.each([
  ['text', '<pre class="language-text">a</pre>'],
  ['nothing', '<pre class="wp-block-code"><code>a</code></pre>'],
  ['what is no name', '<pre data-lang="&quot;><script>">a</pre>'],
])('code in %s has no language', (_, html) => {
  expect(sanitizeHtml(html, { base }).html).not.toContain('data-code')
})
