/** Which pictures of publishers the main process decodes. */

/** px: systems show some 48, on dense screens more. */
const mostSide = 512
const pngStart = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

/** Other kinds are not decoded in this process; and 200 kB of a PNG may stand for gigabytes of pixels. */
export function isSmallPng(bytes: Uint8Array): boolean {
  if (bytes.length < 33 || pngStart.some((byte, index) => bytes[index] !== byte)) return false
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const [width, height] = [view.getUint32(16), view.getUint32(20)]
  return width > 0 && height > 0 && width <= mostSide && height <= mostSide
}
