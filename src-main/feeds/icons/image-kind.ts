/** Which image a file is, and its sides in px, by its bytes. The type that a server sends with it is not believed. */
import { fileType } from '../file-type.ts'

/** 'IHDR', with which a PNG must begin. */
const headerChunk = 0x49484452

export type ImageKind = { type: string; width: number; height: number }

/** Null if it is no image that can be an icon; sides are 0 if they are unknown. */
export function imageKind(bytes: Uint8Array): ImageKind | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const type = fileType(bytes)
  const size = bytes.length
  if (type === 'image/png' && size > 32 && view.getUint32(12) === headerChunk) {
    return { type, width: view.getUint32(16), height: view.getUint32(20) }
  }
  if (type === 'image/gif' && size > 12) {
    return { type, width: view.getUint16(6, true), height: view.getUint16(8, true) }
  }
  if (type === 'image/jpeg' && size > 20) return { type, ...jpegSides(view) }
  if (type === 'image/webp' && size > 30) return { type, ...webpSides(view, bytes[15] ?? 0) }
  if (type === 'image/x-icon' && size > 22) return icoKind(view)
  return type === 'image/avif' && size > 32 ? { type, width: 0, height: 0 } : null
}

/** Whether it may be an SVG: plain, or compressed (svgz). */
export function mayBeSvg(bytes: Uint8Array): boolean {
  if (fileType(bytes) === 'application/gzip') return true
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 4_096)).replaceAll('\u0000', '')
  return /<(?:\w{1,20}:)?svg[\s>]/i.test(head) && !/<html[\s>]/i.test(head)
}

/** The size is in the frame header, after segments of any length (ITU T.81, B.2.2). */
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

/** VP8X, VP8L and VP8 chunks differ in their fourth letter (RFC 9649, 2.7). */
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

/** The largest picture in the file; a side of 0 means 256. */
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
