/** Pictures of a system's bars, in two sizes. */
import { nativeImage } from 'electron'

/** Of data: addresses: one for plain screens, one with twice the pixels for dense ones. */
export function inTwoSizes(once: string, twice: string): Electron.NativeImage {
  const image = nativeImage.createFromDataURL(once)
  image.addRepresentation({ scaleFactor: 2, dataURL: twice })
  return image
}
