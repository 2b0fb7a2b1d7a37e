/**
 * Encrypts passwords of feeds and proxies in the database and its backups. The key is in a file beside them that only its owner
 * can read.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'

const algorithm = 'aes-256-gcm'
const keyLength = 32
const nonceLength = 12
const tagLength = 16

export type Secrets = {
  seal(text: string): Uint8Array
  /** Null where it was encrypted with another key: the user is asked again. */
  open(sealed: Uint8Array): string | null
}

/** The key file is created for the first secret. */
export function createSecrets(keyFile: string): Secrets {
  let key: Buffer | null = null

  function ownKey(): Buffer {
    key ??= readKey(keyFile) ?? makeKey(keyFile)
    return key
  }

  return {
    seal(text) {
      const nonce = randomBytes(nonceLength)
      const cipher = createCipheriv(algorithm, ownKey(), nonce)
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return Buffer.concat([nonce, cipher.getAuthTag(), sealed])
    },

    open(sealed) {
      const own = ownKey()
      try {
        // In a foreign database it may be no bytes, or too few.
        const bytes = Buffer.from(sealed)
        const nonce = bytes.subarray(0, nonceLength)
        const decipher = createDecipheriv(algorithm, own, nonce, { authTagLength: tagLength })
        decipher.setAuthTag(bytes.subarray(nonceLength, nonceLength + tagLength))
        return decipher.update(bytes.subarray(nonceLength + tagLength), undefined, 'utf8') + decipher.final('utf8')
      } catch {
        return null
      }
    },
  }
}

function readKey(file: string): Buffer | null {
  if (!existsSync(file)) return null
  const key = readFileSync(file)
  return key.length === keyLength ? key : null
}

function makeKey(file: string): Buffer {
  const key = randomBytes(keyLength)
  // 'wx': of two threads that create it at once, the second reads the first one's.
  try {
    writeFileSync(file, key, { mode: 0o600, flag: 'wx', flush: true })
    return key
  } catch (error) {
    const made = readKey(file)
    if (made) return made
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    // Cut off by a full disk: no key, and it would be in the way for good.
    rmSync(file)
    writeFileSync(file, key, { mode: 0o600, flag: 'wx', flush: true })
    return key
  }
}
