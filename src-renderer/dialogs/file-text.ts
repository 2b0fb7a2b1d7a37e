/** Reads a file that the user chose as text, in the encoding it says it has. */

const declared = /^\s*<\?xml[^>]*\bencoding\s*=\s*["']([\w.:-]+)["']/i

/** By byte order mark, else by what the XML declaration says, else UTF-8 with bad bytes replaced. */
export function xmlText(bytes: Uint8Array): string {
  return new TextDecoder(encodingOf(bytes)).decode(bytes)
}

function encodingOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 200)).replace(/^ï»¿/, '')
  const label = declared.exec(start)?.[1] ?? 'utf-8'
  // A file that really were UTF-16 would not have let the declaration be read byte by byte.
  return isKnown(label) && !/^utf-?16/i.test(label) ? label : 'utf-8'
}

function isKnown(label: string): boolean {
  try {
    return new TextDecoder(label).encoding !== ''
  } catch {
    return false
  }
}
