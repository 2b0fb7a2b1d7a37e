import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createSecrets } from '../../src-main/lib/secrets.ts'
import { makeStore } from '../support/articles.ts'

test('a password comes back as it was, also after a restart', () => {
  using store = makeStore()
  const keyFile = join(store.dir, 'secret.key')
  const sealed = createSecrets(keyFile).seal('pässwörd 🗝')
  expect(createSecrets(keyFile).open(sealed)).toBe('pässwörd 🗝')
})

test('what is kept does not show the password, nor that two are the same', () => {
  using store = makeStore()
  const secrets = createSecrets(join(store.dir, 'secret.key'))
  const [first, second] = [secrets.seal('open sesame'), secrets.seal('open sesame')]
  expect(Buffer.from(first).includes('sesame')).toBe(false)
  expect(first).not.toEqual(second)
})

test.skipIf(process.platform === 'win32')('only the owner can read the key', () => {
  using store = makeStore()
  const keyFile = join(store.dir, 'secret.key')
  createSecrets(keyFile).seal('x')
  expect(statSync(keyFile).mode & 0o777).toBe(0o600)
})

test('with another key, or changed on disk, there is no password instead of a wrong one', () => {
  using store = makeStore()
  const keyFile = join(store.dir, 'secret.key')
  const sealed = createSecrets(keyFile).seal('open sesame')
  const changed = Uint8Array.from(sealed, (byte, index) => (index === sealed.length - 1 ? byte ^ 1 : byte))
  expect(createSecrets(keyFile).open(changed)).toBeNull()
  writeFileSync(keyFile, Buffer.alloc(32, 7))
  expect(readFileSync(keyFile)).toHaveLength(32)
  expect(createSecrets(keyFile).open(sealed)).toBeNull()
})

test.each([0, 5, 12, 16, 27])('what is too short to be a password, %i bytes, is none', length => {
  using store = makeStore()
  const secrets = createSecrets(join(store.dir, 'secret.key'))
  expect(secrets.open(secrets.seal('open sesame').subarray(0, length))).toBeNull()
})

test('no bytes, as a database from elsewhere may have them, are no password', () => {
  using store = makeStore()
  expect(createSecrets(join(store.dir, 'secret.key')).open(7 as unknown as Uint8Array)).toBeNull()
})

test('a key file that a full disk cut off is in the way of no password', () => {
  using store = makeStore()
  const keyFile = join(store.dir, 'secret.key')
  writeFileSync(keyFile, '')
  const sealed = createSecrets(keyFile).seal('open sesame')
  expect(createSecrets(keyFile).open(sealed)).toBe('open sesame')
})
