/**
 * Challenge and response, by which a web host proves to a second start that it has the token in the data folder, without
 * either sending it: after a crash, any user's program may listen on the port that the folder names.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'

export const proofPath = '/proof'
const hexadecimal = /^[0-9a-f]{64}$/

/**
 * The response to a challenge of 64 hexadecimal digits; null where it is none. It covers the port, or a program on another port
 * could get the response from the real host and pass it on.
 */
export function proofOf(token: string, port: number, challenge: string | null): string | null {
  if (challenge === null || !hexadecimal.test(challenge)) return null
  return createHmac('sha256', token).update(`broadsheet ${port} ${challenge}`).digest('hex')
}

/** Compared in constant time. */
export function isProof(given: string, expected: string | null): boolean {
  return expected !== null && hexadecimal.test(given) && timingSafeEqual(Buffer.from(given), Buffer.from(expected))
}
