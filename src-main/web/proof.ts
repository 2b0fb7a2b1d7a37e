/**
 * How a web host shows a second start that it is the one whose secret stands in the data folder, and how neither tells the
 * secret to the other: after a crash, any user's program may listen on the port that the folder names.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'

export const proofPath = '/proof'
const hexadecimal = /^[0-9a-f]{64}$/

/**
 * What only who has the token can answer to a challenge of 64 hexadecimal digits; null where it is none. The port is part
 * of it: else who listens on another one could ask the true host and hand its answer on.
 */
export function proofOf(token: string, port: number, challenge: string | null): string | null {
  if (challenge === null || !hexadecimal.test(challenge)) return null
  return createHmac('sha256', token).update(`broadsheet ${port} ${challenge}`).digest('hex')
}

/** Compared in constant time. */
export function isProof(given: string, expected: string | null): boolean {
  return expected !== null && hexadecimal.test(given) && timingSafeEqual(Buffer.from(given), Buffer.from(expected))
}
