/** Tells by its first bytes which image a file is, and how large it draws. A server's word for it is not believed. Pure. */

export type ImageKind = { type: string; width: number; height: number }

/** Null where it is no image that a window shows; sides are 0 where they can't be read cheaply. */
export function imageKind(bytes: Uint8Array): ImageKind | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const isAt = (offset: number, text: string) =>
    bytes.length >= offset + text.length &&
    [...text].every((letter, index) => bytes[offset + index] === letter.charCodeAt(0))

  if (isAt(0, '\u0089PNG\r\n\u001a\n') && isAt(12, 'IHDR') && bytes.length > 32) {
    return { type: 'image/png', width: view.getUint32(16), height: view.getUint32(20) }
  }
  if ((isAt(0, 'GIF87a') || isAt(0, 'GIF89a')) && bytes.length > 12) {
    return { type: 'image/gif', width: view.getUint16(6, true), height: view.getUint16(8, true) }
  }
  if (isAt(0, '\u00ff\u00d8\u00ff') && bytes.length > 20) return { type: 'image/jpeg', ...jpegSides(view) }
  if (isAt(0, 'RIFF') && isAt(8, 'WEBP') && bytes.length > 30)
    return { type: 'image/webp', ...webpSides(view, bytes[15] ?? 0) }
  if (isAt(0, '\u0000\u0000\u0001\u0000') && bytes.length > 22) return icoKind(view)
  if (isAt(4, 'ftyp') && (isAt(8, 'avif') || isAt(8, 'avis')) && bytes.length > 32) {
    return { type: 'image/avif', width: 0, height: 0 }
  }
  return null
}

/** Whether it may be an SVG: its first element, after what XML allows before it; or something compressed. */
export function mayBeSvg(bytes: Uint8Array): boolean {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return true
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 4_096)).replaceAll('\u0000', '')
  return /<(?:\w{1,20}:)?svg[\s>]/i.test(head) && !/<html[\s>]/i.test(head)
}

/** The frame header says the size; it stands after segments of any length (ITU T.81, B.2.2). */
function jpegSides(view: DataView): { width: number; height: number } {
  for (let at = 2; at + 9 < view.byteLength; ) {
    if (view.getUint8(at) !== 0xff) break
    const marker = view.getUint8(at + 1)
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
    if (isFrame) return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) }
    at += 2 + view.getUint16(at + 2)
  }
  return { width: 0, height: 0 }
}

/** VP8X, VP8L and VP8 chunks, told apart by their fourth letter (RFC 9649, 2.7). */
function webpSides(view: DataView, fourth: number): { width: number; height: number } {
  if (fourth === 0x58) {
    const side = (at: number) => 1 + view.getUint16(at, true) + view.getUint8(at + 2) * 65_536
    return { width: side(24), height: side(27) }
  }
  if (fourth === 0x4c) {
    const bits = view.getUint32(21, true)
    return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) }
  }
  return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff }
}

/** The largest picture in the file; a side of 0 stands for 256. */
function icoKind(view: DataView): ImageKind | null {
  const count = view.getUint16(4, true)
  if (count === 0 || count > 64) return null
  let width = 0
  let height = 0
  for (let index = 0; index < count && 6 + index * 16 + 16 <= view.byteLength; index++) {
    const at = 6 + index * 16
    const offset = view.getUint32(at + 12, true)
    if (offset >= view.byteLength) return null
    width = Math.max(width, view.getUint8(at) || 256)
    height = Math.max(height, view.getUint8(at + 1) || 256)
  }
  return { type: 'image/x-icon', width, height }
}
