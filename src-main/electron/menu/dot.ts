/** A round dot as a bitmap, for the taskbar of Windows. */

/** Width and height, in pixels. */
export const bitmapSize = 16

const [blue, green, red] = [0x2b, 0x39, 0xc0]

/** Four bytes for a pixel, blue first, already multiplied by their alpha: as Electron reads bitmaps. */
export function dotBitmap(): Buffer {
  const bytes = Buffer.alloc(bitmapSize * bitmapSize * 4)
  const centre = (bitmapSize - 1) / 2
  for (let y = 0; y < bitmapSize; y++) {
    for (let x = 0; x < bitmapSize; x++) {
      const distance = Math.hypot(x - centre, y - centre)
      // The edge is a pixel wide, so that it looks round.
      const alpha = Math.min(1, Math.max(0, bitmapSize / 2 - distance))
      bytes.set([blue * alpha, green * alpha, red * alpha, 255 * alpha].map(Math.round), (y * bitmapSize + x) * 4)
    }
  }
  return bytes
}
