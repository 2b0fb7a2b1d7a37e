/** Keeps the parts of an SVG's styles that concern text; nothing that loads, repeats, animates or filters. */

const most = { sheet: 100_000, rules: 300, value: 5_000 }

const properties =
  /^(?:font(?:-(?:family|size|weight|style|variant|stretch))?|text-(?:anchor|decoration)|(?:dominant|alignment)-baseline|baseline-shift|(?:letter|word)-spacing|writing-mode|direction|unicode-bidi|white-space|fill(?:-opacity)?|color|display|visibility)$/

/** Whether a value refers to nothing outside of itself. */
export function isPlainValue(value: string): boolean {
  return value.length <= most.value && !/[\\<>{}@;]|\/\*|url\s*\(|image\s*\(|expression/i.test(value)
}

/** The declarations that concern text: of `fill: red; stroke: blue` the first. */
export function plainDeclarations(style: string): string {
  return style
    .slice(0, most.value)
    .split(';')
    .map(declaration)
    .filter(text => text !== null)
    .join(';')
}

function declaration(text: string): string | null {
  const colon = text.indexOf(':')
  if (colon < 0) return null
  const value = text.slice(colon + 1).trim()
  const name = text.slice(0, colon).trim().toLowerCase()
  // Opacity makes a browser render each element to a layer of its own; that of the fill does not.
  const kept = name === 'opacity' ? 'fill-opacity' : name
  return properties.test(kept) && isPlainValue(value) ? `${kept}:${value}` : null
}

/** The rules with simple selectors; `@media` and the like are left out with their content. */
export function plainSheet(sheet: string): string {
  const text = withoutComments(sheet.slice(0, most.sheet))
  const rules: string[] = []
  for (let at = 0; rules.length < most.rules; ) {
    const open = text.indexOf('{', at)
    if (open < 0) break
    // A statement before it (`@import ...;`) is no part of the selector.
    const selector = text.slice(text.lastIndexOf(';', open) >= at ? text.lastIndexOf(';', open) + 1 : at, open).trim()
    const close = selector.startsWith('@') ? endOfBlock(text, open) : text.indexOf('}', open)
    if (close < 0) break
    const kept = plainDeclarations(text.slice(open + 1, close))
    if (kept && /^[\w\s.,#*>+~-]{1,300}$/.test(selector)) rules.push(`${selector}{${kept}}`)
    at = close + 1
  }
  return rules.join('')
}

function endOfBlock(text: string, open: number): number {
  let depth = 0
  for (let at = open; at < text.length; at++) {
    if (text[at] === '{') depth++
    if (text[at] === '}' && --depth === 0) return at
  }
  return -1
}

function withoutComments(text: string): string {
  return text
    .split('/*')
    .map((part, index) => {
      const end = part.indexOf('*/')
      return index === 0 ? part : end < 0 ? '' : part.slice(end + 2)
    })
    .join('')
}
