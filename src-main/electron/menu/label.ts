/** Texts of feeds as labels of menus. */
import { shortened } from '../../lib/text.ts'

/** In characters. Systems cut nothing: a menu is as wide as its longest line. */
const longest = 60

/** Cut, and with no letter made a key: menus take the one after an ampersand. */
export function labelOf(text: string): string {
  return shortened(text, longest).replace(/&/g, '&&')
}
