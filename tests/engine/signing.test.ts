import { createHmac, randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { createSigner } from '../../src-main/engine/context/signing.ts'

const secret = randomBytes(32)
const hmac = (text: string) => createHmac('sha256', secret).update(text).digest('base64url').slice(0, 27)
const signatureIn = (path: string) => new URL(path, 'http://engine.invalid').searchParams.get('k')

test.each([
  { name: 'short', url: 'https://a.example/x.png' },
  { name: 'in other letters', url: 'https://a.example/Zürich/東京.png' },
  { name: 'longer than a block', url: `https://a.example/${'x'.repeat(500)}` },
])('an address is signed by HMAC-SHA-256: $name', ({ url }) => {
  const signer = createSigner(secret)
  expect(signatureIn(signer.media(url, 5))).toBe(hmac(`media 5 ${url}`))
  expect(signatureIn(signer.icon(12, 'v1'))).toBe(hmac('icon 12'))
  expect(signatureIn(signer.icon(12, 'v2'))).toBe(hmac('icon 12'))
  expect(signatureIn(signer.export('everything.zip'))).toBe(hmac('export everything.zip'))
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
