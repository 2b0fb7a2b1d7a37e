/** The pictures of the number on the taskbar of Windows, drawn by scripts/icons.mjs. Taken into the program, as the tray's are. */
import { inTwoSizes } from '../system/two-sizes.ts'

const drawings = import.meta.glob<string>('../../../resources/badge/*/*.png', {
  query: '?inline',
  import: 'default',
  eager: true,
})

/** More than nine are '9+': two digits cannot be read at 16 pixels. */
export function badgeImage(count: number): Electron.NativeImage {
  const name = count > 9 ? 'more' : String(count)
  return inTwoSizes(drawing(16, name), drawing(32, name))
}

function drawing(size: number, name: string): string {
  return drawings[`../../../resources/badge/${size}/${name}.png`]!
}
