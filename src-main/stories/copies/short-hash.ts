/** 32 bits for a part of a text (FNV-1a): quick, and for what may be the same by chance. Stored with links of copies. */
export function shortHashOf(text: string, from = 0, to = text.length): number {
  let hash = 0x811c9dc5
  for (let at = from; at < to; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return hash >>> 0
}
