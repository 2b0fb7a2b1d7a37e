/** axe within the article's frame, on what publishers write: in every theme, nothing serious, nothing critical. */
import { checkArticle } from '../support/axe.ts'
import { expect, test } from '../support/e2e.ts'

const picture = '/images/harbour-gazette-3.png'
const oddities: Record<string, string> = {
  'a table without headings': `<table><tr><td>Boat</td><td>Leaves</td></tr><tr><td>Ada</td><td>06:10</td></tr></table>
    <table><caption>Fares</caption><thead><tr><th></th><th scope="col">Single</th></tr></thead><tbody><tr><th>Adult</th><td align="right">4</td></tr></tbody></table>
    <table><tr><td><table><tr><td>inner</td></tr></table></td></tr></table>`,
  'pictures without words': `<p><img src="${picture}"></p><p><a href="/articles/harbour-gazette-2"><img src="${picture}"></a></p>
    <figure><img src="${picture}" alt="A ferry"><figcaption>The ferry at dawn. <a href="/b">Archive</a></figcaption></figure>`,
  'headings in any order':
    '<h4>Fourth</h4><p>Text.</p><h1>First</h1><h1></h1><h2><a href="/a">A link</a></h2><h6>Sixth</h6>',
  'links of all kinds': `<p>Text with a <a href="/a">link</a>, <a href="mailto:a@example.org">mail</a>, <a href="/b"></a>, <a>no address</a>
    and <a href="/c"><b>bold</b> and <code>code</code></a>.<sup><a href="#n1" id="r1">1</a></sup></p><p id="n1"><a href="#r1">↩</a> A note.</p>`,
  'lists in pieces':
    '<li>alone</li><ul>text<p>in between</p><li>in it</li></ul><dl><p>x</p><dt>Term</dt><dd>Meaning</dd></dl><dt>alone</dt><dd>alone, too</dd><ol start="4"><li>four</li></ol>',
  'languages that are none':
    '<p lang="english">One</p><p lang="de">Zwei</p><p lang="xx-nonsense-1">Three</p><p lang="">Four</p>',
  'quotes, code and small print': `<blockquote><p>Said <em>so</em>.</p><cite>Somebody</cite></blockquote><pre><code>${'let line = 1; '.repeat(40)}</code></pre>
    <p><small>Small print</small> <mark>marked</mark> <kbd>Ctrl</kbd> <abbr title="World Wide Web">WWW</abbr> <del>gone</del> <ins>come</ins> <s>struck</s></p>
    <details><summary>More <a href="/a">of it</a></summary><p>Here.</p></details><hr>`,
  'sound, film and cards': `<audio src="/a.mp3"></audio><video src="/a.mp4" poster="${picture}"></video><iframe src="https://www.youtube.com/embed/abc" title=""></iframe>`,
}

test('what publishers write passes in every theme', async ({ reader, feeds }) => {
  const { page } = reader
  const gazette = feeds.feeds.get('/rss.xml')
  if (!gazette) throw new Error('the feed is not there')
  const item = {
    id: 'odd',
    title: 'Everything odd',
    url: '/articles/odd',
    html: Object.entries(oddities)
      .map(([what, html]) => `<p>${what}</p>${html}`)
      .join(''),
    publishedAt: Date.now(),
  }
  feeds.publish('/odd.xml', { ...gazette, title: 'Odd', language: undefined, items: [item] } as typeof gazette)
  await reader.follow(`${feeds.url}/odd.xml`, 'Odd')
  await reader.read(item.title)
  const themes = { Light: 'light', Dark: 'dark', Sepia: 'sepia', 'High contrast': 'contrast' }
  for (const [theme, mark] of Object.entries(themes)) {
    await page.keyboard.press(',')
    await page.getByRole('dialog').getByText(theme, { exact: true }).click()
    await page.keyboard.press('Escape')
    await expect(page.locator(`html[data-theme=${mark}]`)).toHaveCount(1)
    await expect(reader.text.locator(`html[data-theme=${mark}]`)).toHaveCount(1)
    for (const what of Object.keys(oddities)) await expect(reader.text.getByText(what, { exact: true })).toBeVisible()
    await checkArticle(page, theme)
  }
})
