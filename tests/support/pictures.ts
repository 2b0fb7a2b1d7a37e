/** Pictures made on the spot, so that tests and screenshots need no files and nobody's photographs. */
import { crc32, deflateSync } from 'node:zlib'

type Colour = [red: number, green: number, blue: number]

/** A PNG of one colour, width and height in pixels. */
export function plainPng(width: number, height: number, [red, green, blue]: Colour): Buffer {
  const row = Buffer.alloc(1 + width * 3)
  for (let x = 0; x < width; x += 1) row.set([red, green, blue], 1 + x * 3)
  return png(width, height, Buffer.concat(Array.from({ length: height }, () => row)))
}

/** A colour that always belongs to the same name. */
export function colourOf(name: string): Colour {
  const hash = crc32(name)
  return [60 + (hash & 127), 60 + ((hash >> 8) & 127), 60 + ((hash >> 16) & 127)]
}

/** Wraps a PNG in an .ico file with one image (width and height in pixels, 256 at most). */
export function ico(image: Buffer, size: number): Buffer {
  const header = Buffer.alloc(22)
  header.writeUInt16LE(1, 2)
  header.writeUInt16LE(1, 4)
  header.writeUInt8(size % 256, 6)
  header.writeUInt8(size % 256, 7)
  header.writeUInt16LE(1, 10)
  header.writeUInt16LE(32, 12)
  header.writeUInt32LE(image.length, 14)
  header.writeUInt32LE(header.length, 18)
  return Buffer.concat([header, image])
}

/** Wraps rows of pixels (each a zero byte, then red, green and blue for every pixel) in a PNG file. */
export function png(width: number, height: number, rows: Buffer): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  // 8 bits a channel, red, green and blue.
  header.set([8, 2, 0, 0, 0], 8)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const length = Buffer.alloc(4)
  const checksum = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  checksum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, checksum])
}
