/** Whether a photograph lies on its side: a camera that was turned says so in the file, and browsers turn it upright. */

const exif = 0x45786966
const orientationTag = 0x0112
const startOfScan = 0xda

/** Of a JPEG (Exif 2.32, 4.6.4): orientations 5 to 8 exchange width and height. */
export function isTurned(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let at = 2; at + 10 < view.byteLength; ) {
    if (view.getUint8(at) !== 0xff || view.getUint8(at + 1) === startOfScan) return false
    const length = view.getUint16(at + 2)
    if (view.getUint8(at + 1) === 0xe1 && view.getUint32(at + 4) === exif) return orientationIn(view, at + 10) >= 5
    at += 2 + length
  }
  return false
}

/** In the first directory of the TIFF that begins at `tiff`; 1, upright, where it does not say. */
function orientationIn(view: DataView, tiff: number): number {
  if (tiff + 8 > view.byteLength) return 1
  const isLittle = view.getUint16(tiff) === 0x4949
  const directory = tiff + view.getUint32(tiff + 4, isLittle)
  if (directory + 2 > view.byteLength) return 1
  const entries = view.getUint16(directory, isLittle)
  for (let entry = 0; entry < entries; entry++) {
    const at = directory + 2 + entry * 12
    if (at + 12 > view.byteLength) return 1
    if (view.getUint16(at, isLittle) === orientationTag) return view.getUint16(at + 8, isLittle)
  }
  return 1
}
