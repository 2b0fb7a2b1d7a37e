/**
 * Limits on a window's messages. Reading, copying and checking one that is nested thousands deep overflows the stack, and one
 * of a hundred million empty lists fills the memory: neither may end the host.
 */

/** Our own messages are six deep; the longest has the numbers of 200,000 rows. */
const deepest = 32
const mostValues = 1_000_000

/** Whether JSON text is within bounds: one pass over it, before it is parsed. */
export function isWithinBounds(text: string): boolean {
  let depth = 0
  let values = 1
  for (let at = 0; at < text.length; at++) {
    const character = text.charCodeAt(at)
    if (character === quote) {
      at = endOfString(text, at)
      if (at < 0) return true // It ends within a string: no JSON, as the parser will say.
    } else if (character === openBracket || character === openBrace) {
      if (++depth > deepest || ++values > mostValues) return false
    } else if (character === closeBracket || character === closeBrace) depth--
    else if (character === comma && ++values > mostValues) return false
  }
  return true
}

/** The same for a structured message, which may also contain itself. */
export function isStructureWithinBounds(message: unknown): boolean {
  const open: { value: unknown; depth: number }[] = [{ value: message, depth: 0 }]
  let values = 0
  for (let next = open.pop(); next; next = open.pop()) {
    const { value, depth } = next
    if (++values > mostValues) return false
    if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) continue
    if (depth >= deepest) return false
    const within = value instanceof Map || value instanceof Set ? [...value] : Object.values(value)
    if (values + open.length + within.length > mostValues) return false
    for (const inner of within) open.push({ value: inner, depth: depth + 1 })
  }
  return true
}

const [quote, comma, openBracket, backslash, closeBracket, openBrace, closeBrace] = [34, 44, 91, 92, 93, 123, 125]

/** Where the string that begins at `start` ends; -1 where it doesn't. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1)
  while (end >= 0) {
    let first = end
    while (text.charCodeAt(first - 1) === backslash) first--
    if ((end - first) % 2 === 0) return end
    end = text.indexOf('"', end + 1)
  }
  return -1
}
