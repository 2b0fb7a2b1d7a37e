/** What an enclosure is, whatever its publisher's type says. */
import { expect, test } from 'vitest'
import { enclosureKind } from '../../src-main/api/enclosures.ts'
import type { Enclosure } from '../../src-main/api/model.ts'

const at = 'https://paper.example'

test.each<[type: string, url: string, kind: string, more?: Partial<Enclosure>]>([
  ['audio/mpeg', '/a', 'audio'],
  ['AUDIO/MPEG', '/a', 'audio'],
  ['audio/x-m4a; charset=binary', '/a', 'audio'],
  ['video/mp4', '/v', 'video'],
  ['video/quicktime', '/v.mov', 'video'],
  ['video/x-m4v', '/v', 'video'],
  ['image/png', '/p', 'image'],
  ['mp3', '/play?id=5', 'audio'],
  ['audio', '/play?id=5', 'audio'],
  ['.m4a', '/play?id=5', 'audio'],
  ['mpeg/audio', '/play?id=5', 'audio'],
  ['application/mp3', '/play', 'audio'],
  ['application/ogg', '/play', 'audio'],
  ['application/mp4', '/play', 'video'],
  ['mp4', '/play', 'video'],
  ['', '/a.mp3?token=1', 'audio'],
  ['', '/v.webm', 'video'],
  ['', '/p.avif', 'image'],
  ['application/octet-stream', '/a.opus', 'audio'],
  ['text/html', '/a.mp3', 'audio'],
  ['binary/octet-stream', '/v.m4v', 'video'],
  ['image/jpeg', '/a.mp3', 'audio'],
  ['', '/play?id=6', 'audio', { duration: 65 }],
  ['', '/play?id=6', 'video', { medium: 'video' }],
  ['application/octet-stream', '/play?id=6', 'audio', { medium: 'audio' }],
  ['', '/play?id=6', 'other'],
  ['application/pdf', '/a.pdf', 'other', { duration: 65 }],
  ['application/x-mpegurl', '/live.m3u8', 'other'],
  ['audio/x-mpegurl', '/live', 'other'],
  ['video/mp4', '/live.m3u8', 'other'],
  ['application/x-shockwave-flash', '/a.swf', 'other'],
  ['video/x-flv', '/a.flv', 'other'],
  ['video/x-ms-wmv', '/a.wmv', 'other'],
  ['audio/midi', '/a.mid', 'other'],
  ['application/x-bittorrent', '/a.torrent', 'other'],
  ['application/zip', '/audio.zip', 'other'],
])('type %j at %s is %s', (type, url, kind, more = {}) => {
  expect(enclosureKind({ url: at + url, type, length: null, ...more })).toBe(kind)
})
