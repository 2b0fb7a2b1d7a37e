/** 32 bits for a part of a text (FNV-1a): quick, and for what may be the same by chance. Stored with links of copies. */
export function shortHashOf(text: string, from = 0, to = text.length): number {
  return hashOn(emptyHash, text, from, to) >>> 0
}

/** The hash of the empty text. */
export const emptyHash = 0x811c9dc5

/** Of a text's hash, that of the text with this part after it. As a signed number: `>>> 0` makes it what `shortHashOf` answers. */
export function hashOn(hash: number, text: string, from = 0, to = text.length): number {
  let longer = hash
  for (let at = from; at < to; at++) longer = Math.imul(longer ^ text.charCodeAt(at), 0x01000193)
  return longer
}
