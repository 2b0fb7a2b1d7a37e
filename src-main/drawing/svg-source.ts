/** Decodes an SVG file: plain or compressed (svgz), in any charset; adds missing namespaces. */
import { gunzipSync } from 'node:zlib'
import { fileType } from '../feeds/file-type.ts'
import { decode } from '../feeds/formats/decode.ts'

const mostBytes = 5_000_000

/** Null if it cannot be decoded or is too large. */
export function svgSource(bytes: Uint8Array): string | null {
  const plain = fileType(bytes) === 'application/gzip' ? unpacked(bytes) : bytes
  if (!plain || plain.length > mostBytes) return null
  const decoded = decode(plain, null)
  return decoded.ok ? withNamespaces(decoded.text) : null
}

function unpacked(bytes: Uint8Array): Uint8Array | null {
  try {
    return gunzipSync(bytes, { maxOutputLength: mostBytes })
  } catch {
    return null
  }
}

/** An SVG copied from a page has no namespaces, which HTML does not need, and a file does. */
function withNamespaces(text: string): string {
  const at = text.search(/<svg[\s>]/)
  const end = text.indexOf('>', at)
  if (at < 0 || end < 0) return text
  const root = text.slice(at, end)
  const own = /\sxmlns\s*=/.test(root) ? '' : ' xmlns="http://www.w3.org/2000/svg"'
  const needsLink = /\sxlink:href\s*=/.test(text) && !/\sxmlns:xlink\s*=/.test(root)
  const link = needsLink ? ' xmlns:xlink="http://www.w3.org/1999/xlink"' : ''
  return `${text.slice(0, at + 4)}${own}${link}${text.slice(at + 4)}`
}
