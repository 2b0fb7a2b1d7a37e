/** How long the tag at the beginning of a sound is. Without the library that reads it, which only a worker loads. */

/** How many bytes of a file are its tag, by its first ten (ID3v2.4, 3.1); null where it does not begin with one. */
export function tagBytes(head: Uint8Array): number | null {
  if (head.length < 10 || Buffer.from(head.subarray(0, 3)).toString('latin1') !== 'ID3') return null
  const [a = 0, b = 0, c = 0, d = 0] = head.subarray(6, 10)
  return 10 + ((a & 127) << 21) + ((b & 127) << 14) + ((c & 127) << 7) + (d & 127)
}
