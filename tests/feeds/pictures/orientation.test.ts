import { expect, test } from 'vitest'
import { isTurned } from '../../../src-main/feeds/pictures/orientation.ts'

/** A JPEG of nothing but an Exif segment that says how the camera was held. */
function photograph(orientation: number, isLittle: boolean): Uint8Array {
  const bytes = new Uint8Array(48)
  const view = new DataView(bytes.buffer)
  view.setUint16(0, 0xffd8)
  view.setUint16(2, 0xffe1)
  view.setUint16(4, 34)
  view.setUint32(6, 0x45786966)
  view.setUint16(12, isLittle ? 0x4949 : 0x4d4d)
  view.setUint16(14, 42, isLittle)
  view.setUint32(16, 8, isLittle)
  view.setUint16(20, 1, isLittle)
  view.setUint16(22, 0x0112, isLittle)
  view.setUint16(24, 3, isLittle)
  view.setUint32(26, 1, isLittle)
  view.setUint16(30, orientation, isLittle)
  return bytes
}

test('a photograph whose camera was held upright or on its head keeps its sides, one that lay on a side does not', () => {
  for (const isLittle of [false, true]) {
    const turned = [1, 3, 5, 6, 8].map(orientation => isTurned(photograph(orientation, isLittle)))
    expect(turned).toEqual([false, false, true, true, true])
  }
  expect(isTurned(photograph(6, true).subarray(0, 20))).toBe(false)
  expect(isTurned(new Uint8Array([0xff, 0xd8, 0xff, 0xda]))).toBe(false)
})
