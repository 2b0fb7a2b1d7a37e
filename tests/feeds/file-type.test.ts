/** What a file is, by its first bytes. */
import { expect, test } from 'vitest'
import { fileType } from '../../src-main/feeds/file-type.ts'

const bytesOf = (start: string) => new Uint8Array(Buffer.from(start + '\0'.repeat(300), 'latin1'))

test.each([
  ['image/png', '\x89PNG\r\n\x1a\n'],
  ['image/jpeg', '\xff\xd8\xff\xe0'],
  ['image/webp', 'RIFF\x01\x02\n\x04WEBP'],
  ['audio/wav', 'RIFF\x01\x02\x03\x04WAVE'],
  ['image/avif', '\0\0\0\x20ftypavif'],
  ['image/heic', '\0\0\0\x20ftypheic'],
  ['audio/mp4', '\0\0\0\x20ftypM4A '],
  ['video/mp4', '\0\0\0\x20ftypisom'],
  ['audio/mpeg', '\xff\xfb\x90'],
  ['audio/aac', '\xff\xf1\x50'],
  ['application/gzip', '\x1f\x8b\x08'],
  ['application/x-tar', `${'a'.repeat(257)}ustar`],
  [null, '<svg xmlns="http://www.w3.org/2000/svg">'],
  [null, 'Words'],
])('%s', (type, start) => {
  expect(fileType(bytesOf(start))).toBe(type)
})

test('a file of a few bytes has no type', () => {
  expect(fileType(new Uint8Array())).toBeNull()
  expect(fileType(new Uint8Array([0x89]))).toBeNull()
})
