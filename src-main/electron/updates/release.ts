/** What a server says of the newest version, read from the file that electron-builder writes beside it (`latest.yml`). */
import { z } from 'zod'
import type { Release } from './release-files.ts'
import { readYaml } from './yaml.ts'

/** The largest description that is read. Ours have 1 kB, and what is new. */
export const mostDescription = 65_536
const mostBytes = 1_000_000_000
const mostNotes = 4_000

/** A plain name: it can lead to no other folder and to no other server. */
const fileName = z.string().regex(/^(?!\.)[\w.+() -]{1,200}$/)
/** SHA-512 in base64. Files without one are not taken. */
const sha512 = z.string().regex(/^[A-Za-z0-9+/]{86}==$/)
const whole = (most: number) =>
  z
    .string()
    .regex(/^\d{1,10}$/)
    .transform(Number)
    .refine(number => number <= most)

const shape = z.object({
  version: z.string().max(100),
  files: z.array(z.object({ url: fileName, sha512, size: whole(mostBytes).optional() })).max(20),
  releaseNotes: z.string().optional(),
  stagingPercentage: whole(100).optional(),
})

/** Null where it is not a description as electron-builder writes them. */
export function readRelease(text: string): Release | null {
  const read = readYaml(text, shape)
  if (!read) return null
  return {
    version: read.version,
    files: read.files.map(({ url, sha512: digest, size }) => ({ name: url, sha512: digest, bytes: size ?? null })),
    notes: (read.releaseNotes ?? '').trim().slice(0, mostNotes),
    percent: read.stagingPercentage ?? 100,
  }
}
