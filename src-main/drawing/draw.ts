/**
 * Renders an SVG to a bitmap, in a worker with limits of time and memory: 2 kB of SVG can expand to a thousand million shapes,
 * which would block a browser.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { initWasm, Resvg } from '@resvg/resvg-wasm'
import { escapeXml } from '../lib/escape.ts'
import { drawnBeginning } from './drawn.ts'
import { svgSource } from './svg-source.ts'
import { type SvgWords, svgWords } from './svg-words.ts'

export type Purpose = 'icon' | 'picture'
export type Drawn = { type: string; bytes: Uint8Array }

/** In px: pictures for twice the width of the text column, small ones at least so large that they can be enlarged. */
const sizes = {
  icon: { width: 128, height: 128, least: 128 },
  picture: { width: 1_400, height: 4_000, least: 600 },
}
const mostPixels = 4_000_000
const mostPngBytes = 6_000_000
/** Longest natural side in px; larger pictures are scaled down. */
const mostNatural = 4_000

let library: Promise<void> | null = null

/** Null if it is no SVG, blank, or too large. Throws where the library crashed, after which this thread must end. */
export async function drawSvg(bytes: Uint8Array, purpose: Purpose): Promise<Drawn | null> {
  const source = svgSource(bytes)
  if (source === null) return null
  library ??= loadLibrary()
  await library
  const size = naturalSize(source)
  if (!size) return null
  const png = bitmap(source, scaleFor(size, purpose), size)
  if (png === null) return null
  const words = svgWords(source)
  if (png === 'blank' && words.markup === '') return null
  if (purpose === 'icon' && words.markup === '' && png !== 'blank') return { type: 'image/png', bytes: png }
  const text = composed(size, words, png === 'blank' ? null : png)
  return { type: 'image/svg+xml', bytes: new TextEncoder().encode(text) }
}

function loadLibrary(): Promise<void> {
  const file = createRequire(import.meta.url).resolve('@resvg/resvg-wasm/index_bg.wasm')
  return initWasm(readFileSync(file))
}

type Size = { width: number; height: number }

function naturalSize(source: string): Size | null {
  const picture = open(source, 1)
  if (!picture) return null
  const { width, height } = picture
  picture.free()
  return width > 0 && height > 0 ? { width, height } : null
}

function scaleFor({ width, height }: Size, purpose: Purpose): number {
  const wanted = sizes[purpose]
  const most = Math.min(wanted.width / width, wanted.height / height, Math.sqrt(mostPixels / (width * height)))
  return Math.min(most, Math.max(2, wanted.least / width))
}

function bitmap(source: string, scale: number, { width, height }: Size): Uint8Array | 'blank' | null {
  // The library fails on a side of less than one pixel.
  if (width * scale < 1 || height * scale < 1) return null
  const picture = open(source, scale)
  if (!picture) return null
  const image = picture.render()
  const isBlank = image.pixels.every((byte: number) => byte === 0)
  const png = isBlank ? 'blank' : image.asPng()
  image.free()
  picture.free()
  return png === 'blank' || png.length <= mostPngBytes ? png : null
}

function open(source: string, scale: number): InstanceType<typeof Resvg> | null {
  try {
    return new Resvg(source, { fitTo: { mode: 'zoom', value: scale } })
  } catch (error) {
    // A trap in WebAssembly leaves the library's memory in an unknown state.
    if (error instanceof Error && error.name === 'RuntimeError') throw error
    return null
  }
}

/** An SVG of the bitmap in its natural size, with the text over it. */
function composed({ width, height }: Size, { root, markup }: SvgWords, png: Uint8Array | null): string {
  const shrink = Math.min(1, mostNatural / Math.max(width, height))
  const natural = root.hasSize ? ` width="${width * shrink}" height="${height * shrink}"` : ''
  const place = `width="${width}" height="${height}"`
  const picture = png
    ? `<image ${place} preserveAspectRatio="none" href="data:image/png;base64,${Buffer.from(png).toString('base64')}"/>`
    : ''
  const inner = ['viewBox', 'preserveAspectRatio'] as const
  const same = inner.map(name => (root[name] === null ? '' : ` ${name}="${escapeXml(root[name])}"`)).join('')
  const words = markup && `<svg ${place}${same}>${markup}</svg>`
  return `${drawnBeginning}${natural} viewBox="0 0 ${width} ${height}">${picture}${words}</svg>`
}
