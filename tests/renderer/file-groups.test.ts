/** Variants of one film or episode are one. */
import { expect, test } from 'vitest'
import { groupedFiles } from '../../src-renderer/article/file-groups.ts'

const at = 'https://paper.example'

test.each([
  ['a film in three sizes', ['/720.mp4', '/1080.mp4', '/480.mp4'], [['/720.mp4', '/1080.mp4', '/480.mp4']]],
  ['a film whose names tell a quality', ['/f-1080p.mp4', '/f-480p.webm'], [['/f-1080p.mp4', '/f-480p.webm']]],
  ['an episode in two formats', ['/1.mp3', '/1.ogg', '/2.mp3'], [['/1.mp3', '/1.ogg'], ['/2.mp3']]],
  ['an episode and its film', ['/1.mp3', '/1.mp4'], [['/1.mp3'], ['/1.mp4']]],
  ['addresses of a program', ['/get?id=1&x=.mp3', '/get?id=2&x=.mp3'], [['/get?id=1&x=.mp3'], ['/get?id=2&x=.mp3']]],
  ['documents', ['/a.pdf', '/a.zip'], [['/a.pdf'], ['/a.zip']]],
])('%s', (_, paths, groups) => {
  const files = paths.map(path => ({ url: at + path, type: path.startsWith('/get') ? 'audio/mpeg' : '', length: null }))
  const grouped = groupedFiles(files).map(({ file, others }) =>
    [file, ...others].map(({ url }) => url.slice(at.length)),
  )
  expect(grouped).toEqual(groups)
})
