/** Makes an SVG icon safe: keeps shapes, gradients and their geometry, nothing that loads, links, animates or runs. */
import { Parser } from 'htmlparser2'

const most = { bytes: 200_000, depth: 64, elements: 5_000 }

const elements = new Map(
  [
    'svg',
    'g',
    'defs',
    'symbol',
    'use',
    'path',
    'rect',
    'circle',
    'ellipse',
    'line',
    'polyline',
    'polygon',
    'title',
    'desc',
    'linearGradient',
    'radialGradient',
    'stop',
    'clipPath',
    'mask',
    'text',
    'tspan',
  ].map(name => [name.toLowerCase(), name]),
)
const attributes = new Map(
  [
    'id',
    'd',
    'x',
    'y',
    'x1',
    'y1',
    'x2',
    'y2',
    'cx',
    'cy',
    'r',
    'rx',
    'ry',
    'fx',
    'fy',
    'fr',
    'dx',
    'dy',
    'width',
    'height',
    'viewBox',
    'preserveAspectRatio',
    'points',
    'transform',
    'pathLength',
    'offset',
    'opacity',
    'display',
    'visibility',
    'fill',
    'fill-opacity',
    'fill-rule',
    'clip-path',
    'clip-rule',
    'clipPathUnits',
    'mask',
    'maskUnits',
    'maskContentUnits',
    'stroke',
    'stroke-width',
    'stroke-opacity',
    'stroke-linecap',
    'stroke-linejoin',
    'stroke-miterlimit',
    'stroke-dasharray',
    'stroke-dashoffset',
    'stop-color',
    'stop-opacity',
    'color',
    'gradientUnits',
    'gradientTransform',
    'spreadMethod',
    'class',
    'font-family',
    'font-size',
    'font-weight',
    'font-style',
    'text-anchor',
    'dominant-baseline',
    'letter-spacing',
    'href',
  ].map(name => [name.toLowerCase(), name]),
)
/** Style sheets inside icons are mostly `.a{fill:#123}`: read into attributes, since a style element could load. */
const styled =
  /^(?:fill|stroke|stop-color|color|(?:fill|stroke|stop)?-?opacity|fill-rule|clip-rule|stroke-(?:width|linecap|linejoin|miterlimit|dasharray|dashoffset)|display|visibility)$/

/** Null where it is no SVG, is larger than 200 kB, or nests deeper than 64. Pure; runs in a worker. */
export function safeSvg(bytes: Uint8Array): Uint8Array | null {
  if (bytes.length > most.bytes) return null
  const text = decode(bytes)
  // Entities that the file defines could spell what is forbidden here, or grow without end.
  if (text === null || /<!(?:ENTITY|DOCTYPE[^>]*\[)/i.test(text)) return null
  const classes = classesIn(text)
  let out = ''
  let depth = 0
  let count = 0
  let skipping = 0
  let isBad = false
  const parser = new Parser(
    {
      onopentag(raw, given) {
        const name = elements.get(localName(raw))
        depth++
        count++
        if (depth > most.depth || count > most.elements || (depth === 1 && name !== 'svg')) {
          isBad = true
          parser.pause()
        }
        if (skipping > 0 || !name || isBad) skipping++
        else
          out += `<${name}${depth === 1 ? ' xmlns="http://www.w3.org/2000/svg"' : ''}${keptAttributes(given, classes)}>`
      },
      ontext(part) {
        if (skipping === 0 && depth > 1) out += asXml(part)
      },
      onclosetag(raw) {
        depth--
        if (skipping > 0) skipping--
        else out += `</${elements.get(localName(raw))}>`
      },
    },
    { xmlMode: true, decodeEntities: true },
  )
  parser.end(text)
  return isBad || !out.startsWith('<svg') || !/<(?:path|rect|circle|ellipse|line|polyline|polygon|text)\b/.test(out)
    ? null
    : new TextEncoder().encode(out)
}

function keptAttributes(given: Record<string, string>, classes: Map<string, [string, string][]>): string {
  const kept = new Map<string, string>()
  for (const name of (given.class ?? '').split(/\s+/))
    for (const [key, value] of classes.get(name) ?? []) kept.set(key, value)
  for (const [raw, value] of Object.entries(given)) {
    const name = attributes.get(localName(raw))
    if (name && name !== 'class' && isSafeValue(name, value)) kept.set(name, value)
  }
  for (const [key, value] of declarations(given.style ?? '')) kept.set(key, value)
  return [...kept].map(([name, value]) => ` ${name}="${asXml(value)}"`).join('')
}

/** Addresses only inside the picture itself: `#id` and `url(#id)`. */
function isSafeValue(name: string, value: string): boolean {
  if (value.length > 100_000) return false
  if (name === 'href') return /^#[\w.-]{1,200}$/.test(value.trim())
  if (name === 'd' || name === 'points') return /^[\s\d.,eE+\-a-zA-Z]*$/.test(value)
  if (/[\\<>]|\/\*|@|&/.test(value) || /(?:javascript|data|expression|import)\s*[:(]/i.test(value)) return false
  return !/url\s*\(/i.test(value) || /^\s*url\(\s*["']?#[\w.-]{1,200}["']?\s*\)[\s\w#]*$/i.test(value)
}

function declarations(style: string): [string, string][] {
  return style
    .slice(0, 5_000)
    .split(';')
    .map(part => part.split(':', 2).map(side => side.trim()) as [string, string])
    .filter(([name, value]) => value !== undefined && styled.test(name) && isSafeValue(name, value))
}

function classesIn(text: string): Map<string, [string, string][]> {
  const classes = new Map<string, [string, string][]>()
  for (const sheet of text.matchAll(
    /<(?:\w{1,20}:)?style[^>]{0,500}>([^<]{0,20000}|<!\[CDATA\[[^\]]{0,20000}\]\]>)/gi,
  )) {
    for (const rule of sheet[1]!.matchAll(/((?:\.[\w-]{1,60}\s*,?\s*){1,50})\{([^{}]{0,5000})\}/g)) {
      const found = declarations(rule[2]!)
      for (const name of rule[1]!.matchAll(/\.([\w-]{1,60})/g)) {
        classes.set(name[1]!, [...(classes.get(name[1]!) ?? []), ...found])
      }
    }
  }
  return classes
}

function decode(bytes: Uint8Array): string | null {
  const name =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8'
  try {
    return new TextDecoder(name, { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1).toLowerCase()
}

function asXml(text: string): string {
  return text
    .replace(/[^\P{Cc}\t\n\r]|[\ufffe\uffff]|\p{Cs}/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
