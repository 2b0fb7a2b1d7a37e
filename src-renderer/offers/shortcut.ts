/** Shortcuts to an address, as desktops and browsers make them when a link is dragged out. */
import { webAddress } from './web-address.ts'

const endings = /\.(?:url|webloc|desktop)$/i

export function isShortcut(name: string): boolean {
  return endings.test(name)
}

/**
 * The web address in a shortcut of Windows (`URL=` below `[InternetShortcut]`), of Linux (`URL=` or `URL[$e]=` of a desktop entry)
 * or of macOS (a property list, as XML or binary); null where there is none. The text is of one character for each byte.
 */
export function addressInShortcut(text: string): string | null {
  const line = /^URL(?:\[[^\]\r\n]{1,20}\])?=\s*(\S+)\s*$/im.exec(text)?.[1]
  if (line) return webAddress(line)
  const xml = /<key>URL<\/key>\s*<string>\s*([^<\s]+)\s*<\/string>/i.exec(text)?.[1]
  if (xml) return webAddress(xml.replaceAll('&amp;', '&'))
  // A binary list has the address as it is, in ASCII; a byte that is none follows it.
  const binary = text.startsWith('bplist') ? /https?:\/\/[\x21-\x7e]+/.exec(text)?.[0] : null
  return binary ? webAddress(binary) : null
}
