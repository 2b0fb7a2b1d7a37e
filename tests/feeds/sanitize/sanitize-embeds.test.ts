/** What becomes of frames, plug-ins and elements of other sites' players within an article. */
import { expect, test } from 'vitest'
import { sanitizeHtml } from '../../../src-main/feeds/sanitize/sanitize.ts'

const base = 'https://paper.example/a/'

/** Each card as the address it leads to and its words; the words around them. */
function cards(html: string): { cards: [string, string][]; rest: string } {
  const { html: clean } = sanitizeHtml(html, { base })
  const found: [string, string][] = []
  const rest = clean.replace(
    /<a href="([^"]*)"[^>]*data-embed="[^"]*">([^<]*)<\/a>/g,
    (_, href: string, words: string) => {
      found.push([href.replaceAll('&amp;', '&'), words.replaceAll('&amp;', '&')])
      return ''
    },
  )
  return { cards: found, rest }
}

const watch = 'https://www.youtube.com/watch?v='

test.each([
  [
    'a frame of a site nobody knows',
    '<iframe src="https://widget.example/w"></iframe>',
    'https://widget.example/w',
    '↗ widget.example',
  ],
  [
    'one with a title',
    '<iframe src="https://widget.example/w" title="Our  poll"></iframe>',
    'https://widget.example/w',
    '↗ Our poll (widget.example)',
  ],
  ['one without scheme', '<iframe src="//widget.example/w"></iframe>', 'https://widget.example/w', '↗ widget.example'],
  ['one of the site itself', '<iframe src="/charts/1"></iframe>', 'https://paper.example/charts/1', '↗ paper.example'],
  [
    'a chart',
    '<iframe src="https://datawrapper.dwcdn.net/abc/1/" aria-label="Rain"></iframe>',
    'https://datawrapper.dwcdn.net/abc/1/',
    '↗ Rain (datawrapper.dwcdn.net)',
  ],
  [
    'a map',
    '<iframe src="https://www.google.com/maps/embed/v1/place?key=k&q=Old+Mill"></iframe>',
    'https://www.google.com/maps/search/?api=1&query=Old%20Mill',
    '↗ google.com',
  ],
  [
    'a map with a place in numbers',
    '<iframe src="https://www.google.com/maps/embed?pb=!1m18!2d13.4!3d52.5!2m3"></iframe>',
    'https://www.google.com/maps/search/?api=1&query=52.5%2C13.4',
    '↗ google.com',
  ],
  [
    'another site of PeerTube',
    '<iframe src="https://tube.example/videos/embed/0a1b2c3d"></iframe>',
    'https://tube.example/videos/embed/0a1b2c3d',
    '▶ tube.example',
  ],
  [
    'a lazy one',
    '<iframe src="about:blank" data-lazy-src="https://www.youtube.com/embed/abcdefghijk"></iframe>',
    `${watch}abcdefghijk`,
    '▶ youtube.com',
  ],
  [
    'a lazy one behind data:',
    '<iframe src="data:text/html;base64,PGI+" data-original="https://player.vimeo.com/video/678"></iframe>',
    'https://vimeo.com/678',
    '▶ vimeo.com',
  ],
  [
    'one that waits for consent',
    '<iframe style="display:none" data-cookieblock-src="https://player.vimeo.com/video/678?h=abcdef12"></iframe>',
    'https://vimeo.com/678/abcdef12',
    '▶ vimeo.com',
  ],
  [
    'one whose page stands in it',
    `<iframe srcdoc="<style>*{}</style><a href='https://www.youtube.com/embed/abcdefghijk?autoplay=1'><img src='https://i.example/t.jpg'></a>"></iframe>`,
    `${watch}abcdefghijk`,
    '▶ youtube.com',
  ],
  [
    'one written as if it had no end',
    '<p>a</p><iframe src="https://widget.example/w"/>',
    'https://widget.example/w',
    '↗ widget.example',
  ],
  [
    'an article of another paper',
    '<iframe class="wp-embedded-content" src="https://other.example/story/embed/#?secret=x" title="Story"></iframe>',
    'https://other.example/story/',
    '↗ Story (other.example)',
  ],
  [
    'a message',
    '<iframe src="https://platform.twitter.com/embed/Tweet.html?id=123"></iframe>',
    'https://twitter.com/i/status/123',
    '↗ twitter.com',
  ],
  [
    'a film on a social network',
    '<iframe src="https://www.facebook.com/plugins/video.php?href=https%3A%2F%2Fwww.facebook.com%2Fx%2Fvideos%2F1%2F"></iframe>',
    'https://www.facebook.com/x/videos/1/',
    '↗ facebook.com',
  ],
  [
    'a film from a place in it',
    '<iframe src="https://player.vimeo.com/video/678?h=abcdef12#t=1m30s"></iframe>',
    'https://vimeo.com/678/abcdef12#t=90s',
    '▶ vimeo.com',
  ],
  [
    'another from a place in it',
    '<iframe src="https://player.twitch.tv/?video=v123&time=1h0m2s&parent=x.example"></iframe>',
    'https://www.twitch.tv/videos/123?t=3602s',
    '▶ twitch.tv',
  ],
  [
    'a message on a site of Mastodon',
    '<iframe src="https://social.example/@anna/112233445566778899/embed"></iframe>',
    'https://social.example/@anna/112233445566778899',
    '↗ social.example',
  ],
  [
    'a host that only looks like YouTube',
    '<iframe src="https://youtube.com.evil.example/embed/abcdefghijk"></iframe>',
    'https://youtube.com.evil.example/embed/abcdefghijk',
    '↗ youtube.com.evil.example',
  ],
  [
    'a host behind a user who is called YouTube',
    '<iframe src="https://youtube.com@evil.example/embed/abcdefghijk"></iframe>',
    'https://evil.example/embed/abcdefghijk',
    '↗ evil.example',
  ],
  [
    "YouTube's path on another host",
    '<iframe src="https://evil.example/youtube.com/embed/abcdefghijk"></iframe>',
    'https://evil.example/youtube.com/embed/abcdefghijk',
    '↗ evil.example',
  ],
  [
    'an episode',
    '<iframe src="https://open.spotify.com/embed/episode/4abc?si=1"></iframe>',
    'https://open.spotify.com/episode/4abc',
    '▶ open.spotify.com',
  ],
])('a card for %s', (_, html, href, words) => {
  expect(cards(html).cards).toEqual([[href, words]])
})

test.each([
  ['an object', '<object data="https://www.youtube.com/v/aaaaaaaaaaa&hl=en"></object>', `${watch}aaaaaaaaaaa`],
  [
    'an object with a parameter',
    '<object type="application/x-shockwave-flash"><param name="wmode" value="x"><param name="movie" value="https://www.youtube.com/v/aaaaaaaaaaa"></object>',
    `${watch}aaaaaaaaaaa`,
  ],
  [
    'an object with a parameter and an embed',
    '<object><param name="movie" value="//www.youtube.com/v/aaaaaaaaaaa"/><embed src="//www.youtube.com/v/aaaaaaaaaaa"></embed></object>',
    `${watch}aaaaaaaaaaa`,
  ],
  ['an embed', '<embed src="https://player.vimeo.com/video/7">', 'https://vimeo.com/7'],
  [
    'a light element',
    '<lite-youtube videoid="bbbbbbbbbbb" playlabel="Tea"><a href="#">Watch</a></lite-youtube>',
    `${watch}bbbbbbbbbbb`,
  ],
  ['a light element of Vimeo', '<lite-vimeo videoid="77"></lite-vimeo>', 'https://vimeo.com/77'],
  [
    'an element of AMP',
    '<amp-youtube data-videoid="ccccccccccc" width="4" height="3"></amp-youtube>',
    `${watch}ccccccccccc`,
  ],
  [
    'an element with an address',
    '<amp-iframe src="https://widget.example/x"><amp-img placeholder src="p.jpg"></amp-img></amp-iframe>',
    'https://widget.example/x',
  ],
  [
    'a player as an element',
    '<bandcamp-player src="https://bandcamp.com/EmbeddedPlayer/album=1/"></bandcamp-player>',
    'https://bandcamp.com/EmbeddedPlayer/album=1/',
  ],
  [
    'an element of an editor',
    '<figure class="media"><oembed url="https://www.youtube.com/watch?v=ddddddddddd"></oembed></figure>',
    `${watch}ddddddddddd`,
  ],
  ['a message as an element', '<amp-twitter data-tweetid="9876"></amp-twitter>', 'https://twitter.com/i/status/9876'],
])('one card for the film in %s', (_, html, href) => {
  expect(cards(html).cards.map(([address]) => address)).toEqual([href])
})

test.each([
  ['a channel that is on air', 'live_stream?channel=UC12345678', 'https://www.youtube.com/channel/UC12345678/live'],
  ['a list', 'videoseries?list=PL1', 'https://www.youtube.com/playlist?list=PL1'],
  ['a place in it', 'abcdefghijk?start=90', `${watch}abcdefghijk&t=90s`],
  ['a place in minutes', 'abcdefghijk?t=1m30s', `${watch}abcdefghijk&t=90s`],
])('a film on YouTube leads to its page: %s', (_, path, href) => {
  expect(cards(`<iframe src="https://www.youtube-nocookie.com/embed/${path}"></iframe>`).cards[0]?.[0]).toBe(href)
})

test('a player that is there again for who has no scripts is one card', () => {
  const player = 'src="//player.vimeo.com/video/1"'
  const html = `<iframe data-lazy-${player} src="about:blank"></iframe><noscript><iframe ${player}></iframe></noscript>`
  expect(cards(html).cards).toHaveLength(1)
})

test.each([
  ['an advertisement', '<iframe src="https://googleads.g.doubleclick.net/pagead/ads?x"></iframe>'],
  ['an advertisement of a shop', '<iframe src="https://ws-eu.amazon-adsystem.com/widgets/q?x" title="Buy"></iframe>'],
  ['what counts readers', '<iframe src="https://www.googletagmanager.com/ns.html?id=GTM-1"></iframe>'],
  ['a frame of one pixel', '<iframe width="1" height="1" src="https://widget.example/w"></iframe>'],
  ['a lazy frame of no pixel', '<iframe width="0" height="0" data-src="https://widget.example/w"></iframe>'],
  ['a hidden frame', '<iframe style="display:none;visibility:hidden" src="https://widget.example/w"></iframe>'],
  ['a button of a social network', '<iframe src="https://www.facebook.com/plugins/like.php?href=x"></iframe>'],
  ['Flash', '<object type="application/x-shockwave-flash" data="/player.swf"></object><embed src="/player.swf">'],
  ['a script as an address', '<iframe src="javascript:alert(1)" title="t"></iframe>'],
  ['a frame that holds nothing', '<iframe srcdoc="<p>x</p>"></iframe><iframe></iframe><iframe src=""></iframe>'],
])('nothing for %s', (_, html) => expect(cards(`a${html}b`)).toEqual({ cards: [], rest: 'ab' }))

test.each([
  ['<embed src="song.mp3">', '<audio src="https://paper.example/a/song.mp3" controls preload="none"></audio>'],
  [
    '<iframe src="film.mp4?x"></iframe>',
    '<video src="https://paper.example/a/film.mp4?x" controls preload="none"></video>',
  ],
  [
    '<object type="image/png" data="p?id=1"></object>',
    '<img src="https://paper.example/a/p?id=1" alt="" loading="lazy" referrerpolicy="no-referrer" />',
  ],
])('what is nothing but a picture, a film or a sound is shown as one: %s', (html, expected) => {
  expect(sanitizeHtml(html, { base }).html).toBe(expected)
})

test('an object without an address shows what stands in for it', () => {
  expect(cards('<object data="/player.swf"><p>Needs Flash</p></object>').rest).toBe('<p>Needs Flash</p>')
  expect(cards('<object data="https://widget.example/x"><p>No plug-in</p></object>').rest).toBe('')
})

test.each([
  [
    '<figure class="wp-block-embed"><div class="wp-block-embed__wrapper">\nhttps://www.youtube.com/watch?v=ddddddddddd\n</div></figure>',
    `${watch}ddddddddddd`,
  ],
  ['<p>https://youtu.be/ddddddddddd</p>', 'https://youtu.be/ddddddddddd'],
  ['<p> https://other.example/a?b=1&amp;c=2 </p>', 'https://other.example/a?b=1&c=2'],
])('an address that is the whole of a paragraph is a link: %s', (html, href) => {
  expect(sanitizeHtml(html, { base }).html).toContain(`<a href="${href.replaceAll('&', '&amp;')}"`)
})

test.each([
  '<p>See https://other.example/a for more</p>',
  '<p><a href="https://other.example/">https://other.example/a</a></p>',
  '<pre>https://other.example/a</pre>',
])('an address within words, code or a link stays as it is: %s', html => {
  expect(sanitizeHtml(html, { base }).html.match(/<a /g)?.length ?? 0).toBe(html.includes('<a ') ? 1 : 0)
})
