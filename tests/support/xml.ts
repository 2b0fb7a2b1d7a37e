/** Reads XML as strictly as a reading system does (XML 1.0): throws where it is not well-formed. */

export type XmlElement = { name: string; parent: string; attributes: Record<string, string>; text: string }

const markup = /<\?[\s\S]*?\?>|<!DOCTYPE html>|<\/([\w:.-]+)\s*>|<([\w:.-]+)((?:\s+[\w:.-]+="[^"<]*")*)\s*(\/?)>/y
const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what XML forbids
const forbidden = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/

/** All elements in their order, with the text that is in them. */
export function elementsIn(xml: string): XmlElement[] {
  const elements: XmlElement[] = []
  const open: XmlElement[] = []
  const words = (text: string) => {
    if (open.length === 0 && text.trim() !== '') throw new Error(`text outside of the root: ${text}`)
    for (const element of open) element.text += text
  }
  for (let at = 0; at < xml.length; ) {
    if (xml[at] !== '<') {
      const end = xml.indexOf('<', at)
      words(decoded(xml.slice(at, end < 0 ? undefined : end)))
      at = end < 0 ? xml.length : end
      continue
    }
    markup.lastIndex = at
    const found = markup.exec(xml)
    if (!found) throw new Error(`no markup: ${xml.slice(at, at + 80)}`)
    at = markup.lastIndex
    const [, closed, name, attributes = '', isEmpty] = found
    if (closed && open.pop()?.name !== closed) throw new Error(`</${closed}> closes another element`)
    if (!name) continue
    const element = { name, parent: open.at(-1)?.name ?? '', attributes: attributesIn(attributes), text: '' }
    elements.push(element)
    if (!isEmpty) open.push(element)
  }
  if (open.length > 0) throw new Error(`<${open.at(-1)?.name}> is not closed`)
  return elements
}

function attributesIn(text: string): Record<string, string> {
  const pairs = [...text.matchAll(/([\w:.-]+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, decoded(value)])
  const attributes = Object.fromEntries(pairs) as Record<string, string>
  if (Object.keys(attributes).length < pairs.length) throw new Error(`an attribute is there twice: ${text}`)
  return attributes
}

function decoded(text: string): string {
  const plain = text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));|&/gi, (whole, hex, decimal, name) => {
    if (hex) return String.fromCodePoint(Number.parseInt(hex, 16))
    if (decimal) return String.fromCodePoint(Number(decimal))
    const character = named[name as string]
    if (character === undefined) throw new Error(`unknown in XML: ${whole}`)
    return character
  })
  if (forbidden.test(plain)) throw new Error(`a character that XML forbids: ${JSON.stringify(plain)}`)
  return plain
}
