/** A multiple of three, so that the pieces can be joined; small enough to be the arguments of one call. */
const piece = 3 * 8_192

/** Bytes as base64 (RFC 4648, section 4). */
export function base64Of(bytes: Uint8Array): string {
  const parts: string[] = []
  for (let at = 0; at < bytes.length; at += piece) {
    parts.push(btoa(String.fromCharCode(...bytes.subarray(at, at + piece))))
  }
  return parts.join('')
}
