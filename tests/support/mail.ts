/** Messages as a mailbox or a file has them, read by the worker as the program reads them. */
import { afterAll } from 'vitest'
import type { MailHead, ReadMail } from '../../src-main/feeds/mail/message.ts'
import { feedLimits } from '../../src-main/workers/limits.ts'
import { createPool, type Pool } from '../../src-main/workers/pool.ts'

/** When all messages of the tests are read. */
export const now = Date.UTC(2026, 10, 28, 12)

/** A pool as the intake has it; ended after the tests of the file. */
export function mailPool(): Pool {
  const workerFile = new URL('../../src-main/workers/worker.ts', import.meta.url)
  const pool = createPool({ workerFile, size: 1, ...feedLimits })
  afterAll(() => pool.close())
  return pool
}

/** A message of these lines, with CRLF between them; other letters than ASCII become one byte each, as they stand in Latin-1. */
export function message(...lines: string[]): Uint8Array {
  return new Uint8Array(Buffer.from(lines.join('\r\n'), 'latin1'))
}

/** The same in UTF-8. */
export function utf8Message(...lines: string[]): Uint8Array {
  return new Uint8Array(Buffer.from(lines.join('\r\n')))
}

export async function headsOf(pool: Pool, heads: Uint8Array[]): Promise<MailHead[]> {
  const answer = await pool.run('readMailHeads', { heads, now })
  if (!answer.ok) throw new Error(JSON.stringify(answer.failure))
  return answer.heads
}

export async function readMail(pool: Pool, bytes: Uint8Array): Promise<ReadMail> {
  const answer = await pool.run('readMail', { bytes, now })
  if (!answer.ok) throw new Error(JSON.stringify(answer.failure))
  return answer.mail
}

/** The HTML of an article that is not compressed, as those of `readMail` above. */
export function htmlOf({ article }: ReadMail): string {
  if (typeof article.html !== 'string') throw new Error('it is compressed')
  return article.html
}
