/** What the cards of films get when an article is read: a still picture, and a card for an article that is a film. */
import { expect, test } from 'vitest'
import type { SafeHtml } from '../../../src-main/api/model.ts'
import { illustrated } from '../../../src-main/feeds/pictures/illustrated.ts'
import { sanitizeHtml } from '../../../src-main/feeds/sanitize/sanitize.ts'

const id = 'abcdefghijk'
const nothing = { url: null, title: '', html: '' as SafeHtml, media: [], enclosures: [], image: null }
const still = (of: string) => `https://i.ytimg.com/vi/${of}/hq720.jpg`

/** As it is stored. */
function clean(html: string): { html: SafeHtml; media: string[] } {
  return sanitizeHtml(html, { base: 'https://paper.example/a' })
}

test.each([
  ['YouTube', `https://www.youtube.com/embed/${id}`, still(id)],
  ['YouTube, by a short link', `https://youtu.be/${id}`, still(id)],
  [
    'Vimeo',
    'https://player.vimeo.com/video/678?h=abcdef12',
    'https://vimeo.com/api/oembed.json?url=https%3A%2F%2Fvimeo.com%2F678%2Fabcdef12&width=1280',
  ],
  [
    'PeerTube',
    'https://tube.example/videos/embed/0a1b2c3d',
    'https://tube.example/services/oembed?url=https%3A%2F%2Ftube.example%2Fvideos%2Fwatch%2F0a1b2c3d&format=json',
  ],
])('a film on %s has its still', (_, src, picture) => {
  const { html, beside } = illustrated({ ...nothing, ...clean(`<iframe src="${src}" title="Boats"></iframe>`) })
  expect(beside).toEqual([picture])
  expect(html).toMatch(/^<a [^>]*data-embed="[^"]*"[^>]*><img src="[^"]*" alt="" [^>]*>▶ Boats \([a-z.]+\)<\/a>$/)
  expect(html.replaceAll('&amp;', '&')).toContain(`<img src="${picture}"`)
})

test.each([
  ['a sound', 'https://open.spotify.com/embed/episode/4abc'],
  ['a post', 'https://social.example/@anna/112233445566778899/embed'],
  ['a list of films', 'https://www.youtube.com/embed/videoseries?list=PL1'],
  ['what only looks like a film', `https://youtube.com.evil.example/embed/${id}`],
])('%s has none', (_, src) => {
  const given = clean(`<iframe src="${src}"></iframe>`)
  expect(illustrated({ ...nothing, ...given })).toMatchObject({ html: given.html, beside: [] })
})

const page = `https://www.youtube.com/watch?v=${id}`

test('an article that is a film has its card above the text, in place of its thumbnail', () => {
  const film = { ...nothing, url: page, title: 'Boats & "moles"', image: `https://i1.ytimg.com/vi/${id}/hqdefault.jpg` }
  const { html, beside } = illustrated({ ...film, html: '<p>About it.</p>' as SafeHtml })
  expect(html).toBe(
    `<p><a href="${page}" rel="noopener noreferrer nofollow" target="_blank" data-embed="youtube.com"><img src="${still(id)}" alt="" loading="lazy" referrerpolicy="no-referrer" />▶ Boats &amp; &quot;moles&quot; (youtube.com)</a></p><p>About it.</p>`,
  )
  expect(beside).toEqual([still(id)])
})

test.each([
  [
    'its text has the card',
    { html: clean(`<p>A</p><iframe src="https://www.youtube.com/embed/${id}"></iframe>`).html },
  ],
  ['it has a file to play', { enclosures: [{ url: 'https://tube.example/1.mp4', type: 'video/mp4', length: null }] }],
])('no second card stands above where %s', (_, more) => {
  const { html } = illustrated({ ...nothing, url: page, title: 'Boats', ...more })
  expect(html.match(/data-embed/g)?.length ?? 0).toBe('html' in more ? 1 : 0)
})

test("an article whose feed names Vimeo's player is that film, with the feed's own picture", () => {
  const player = { url: 'https://player.vimeo.com/video/678', type: 'text/html', length: null }
  const given = {
    ...nothing,
    url: 'https://films.example/1',
    enclosures: [player],
    image: 'https://films.example/1.jpg',
  }
  expect(illustrated(given).beside).toEqual(['https://films.example/1.jpg'])
})
