/** What the address of a film, sound or post on another site says, and what its card opens. */
import { describe, expect, test } from 'vitest'
import { embedOf, filmOf, openedBy } from '../../src-main/api/reading/embeds.ts'

const id = 'abcdefghijk'
const watch = `https://www.youtube.com/watch?v=${id}`
const uuid = '0a1b2c3d-0000-4000-8000-000000000001'

describe('a film', () => {
  test.each([
    [`https://www.youtube.com/watch?v=${id}`, watch],
    [`https://m.youtube.com/watch?v=${id}&t=1m30s`, `${watch}&t=90s`],
    [`https://youtu.be/${id}?t=90`, `${watch}&t=90s`],
    [`https://www.youtube-nocookie.com/embed/${id}?start=90`, `${watch}&t=90s`],
    [`https://www.youtube.com/live/${id}`, watch],
    [`https://www.youtube.com/shorts/${id}`, `https://www.youtube.com/shorts/${id}`],
    [`https://www.youtube.com/watch?v=${id}&list=PLabc`, `${watch}&list=PLabc`],
    ['https://vimeo.com/678', 'https://player.vimeo.com/video/678?dnt=1'],
    ['https://vimeo.com/678/abcdef12#t=90s', 'https://player.vimeo.com/video/678?dnt=1&h=abcdef12#t=90s'],
    ['https://player.vimeo.com/video/678?h=abcdef12', 'https://player.vimeo.com/video/678?dnt=1&h=abcdef12'],
    [
      `https://tube.example/videos/embed/${uuid}?start=1m30s`,
      `https://tube.example/videos/embed/${uuid}?p2p=0&start=90s`,
    ],
    [`https://tube.example/w/${uuid}`, `https://tube.example/videos/embed/${uuid}?p2p=0`],
    ['https://tube.example/w/9c9de5e8-0a1b', 'https://tube.example/w/9c9de5e8-0a1b'],
    ['https://www.dailymotion.com/video/x7?start=9', 'https://www.dailymotion.com/video/x7?start=9'],
    ['https://www.youtube.com/playlist?list=PLabc', 'https://www.youtube.com/playlist?list=PLabc'],
  ])('%s opens at %s', (address, opened) => expect(openedBy(address)).toBe(opened))

  test('opens where a time in its description leads', () => {
    expect(openedBy(`${watch}&t=5s`, 3_723.4)).toBe(`${watch}&t=3723s`)
    expect(openedBy('https://vimeo.com/678', 61)).toBe('https://player.vimeo.com/video/678?dnt=1#t=61s')
  })
})

test.each([
  [watch, 'film', 'YouTube'],
  [`https://tube.example/videos/embed/${uuid}`, 'film', 'tube.example'],
  ['https://clips.twitch.tv/abc', 'film', 'Twitch'],
  ['https://anna.bandcamp.com/album/boats', 'sound', 'Bandcamp'],
  ['https://open.spotify.com/episode/4abc', 'sound', 'Spotify'],
  ['https://twitter.com/i/status/123', 'post', 'X'],
  ['https://social.example/@anna/112233445566778899', 'post', 'social.example'],
  ['https://www.google.com/maps/search/?api=1&query=Mole', 'page', 'Google Maps'],
  ['https://www.widget.example/w', 'page', 'widget.example'],
  ['https://youtube.com.evil.example/watch?v=abcdefghijk', 'page', 'youtube.com.evil.example'],
  ['https://notyoutube.com/watch?v=abcdefghijk', 'page', 'notyoutube.com'],
])('%s is a %s on %s', (address, kind, site) => {
  expect(embedOf(address)).toMatchObject({ kind, site })
})

test.each([
  ['no web address', `javascript:location='${watch}'`],
  ['a user before the host', `https://youtube.com@evil.example/watch?v=${id}`],
  ['a host that ends otherwise', `https://www.youtube.com.evil.example/watch?v=${id}`],
  ['the host in the path', `https://evil.example/www.youtube.com/embed/${id}`],
  ['an id of another length', 'https://www.youtube.com/embed/abc'],
  ['markup for an id', 'https://www.youtube.com/embed/abc"><i>def'],
])('%s is no film', (_, address) => expect(filmOf(address)).toBeNull())
