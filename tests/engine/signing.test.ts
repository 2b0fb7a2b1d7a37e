import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { createSigner } from '../../src-main/engine/context/signing.ts'

const secret = randomBytes(32)

test.each([
  { name: 'a short address', url: 'https://a.example/x.png' },
  { name: 'one in other letters', url: 'https://a.example/Zürich/東京.png' },
  { name: 'a long one', url: `https://a.example/${'x'.repeat(5_000)}` },
])('$name is signed, and no other address by the same signature', ({ url }) => {
  const signer = createSigner(secret)
  const path = signer.media(url, 5)
  expect(signer.read(path)).toEqual({ kind: 'media', url, feedId: 5 })
  expect(path).toMatch(/&k=[\w-]{27}$/)
  expect(signer.read(path.replace('&k=', '.png&k='))).toBeNull()
  expect(signer.read(path.replace(/&k=.*/, ''))).toBeNull()
  expect(createSigner(secret).media(url, 5)).toBe(path)
})

test('what was signed is read back, and nothing else', () => {
  const signer = createSigner(secret)
  const media = signer.media('https://a.example/x.png', 5)
  expect(signer.read(media)).toEqual({ kind: 'media', url: 'https://a.example/x.png', feedId: 5 })
  expect(signer.read(signer.icon(12, 'v'))).toEqual({ kind: 'icon', feedId: 12 })
  expect(signer.read(media.replace('f=5', 'f=6'))).toBeNull()
  expect(signer.read(media.replace('x.png', 'y.png'))).toBeNull()
  expect(signer.read(signer.icon(12, 'v').replace('/icon/12', '/icon/13'))).toBeNull()
  expect(createSigner(randomBytes(32)).read(media)).toBeNull()
})
