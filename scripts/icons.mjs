/**
 * Draws the icon files of the three systems from the drawings in resources/: `node scripts/icons.mjs`.
 * Needs Chromium (BROADSHEET_CHROMIUM, or where Debian has it). The icons are committed: run this only when a drawing has
 * changed.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright'

const resources = join(dirname(fileURLToPath(import.meta.url)), '..', 'resources')
const modules = join(resources, '..', 'node_modules')
const linuxSizes = [16, 24, 32, 48, 64, 128, 256, 512]
const windowsSizes = [16, 20, 24, 32, 40, 48, 64, 256]
// Only the types that have always held PNG: macOS has shown noise for PNG in the small ones (icp4, icp5),
// and scales ic11 and ic12 down where it wants 16 and 32.
const macTypes = { ic11: 32, ic12: 64, ic07: 128, ic13: 256, ic08: 256, ic14: 512, ic09: 512, ic10: 1024 }
// Apple's grid leaves a tenth of the canvas free on every side and puts a shadow under the tile.
const macScale = 824 / 896

const drawing = readFileSync(join(resources, 'icon.svg'), 'utf8')
const smallDrawing = readFileSync(join(resources, 'icon-small.svg'), 'utf8')
// Of the tray: 16 px and twice that, in the menu bar of macOS 18.
const trayDrawings = {
  plain: ['icon-small.svg', 16],
  unread: ['tray-unread.svg', 16],
  template: ['tray-template.svg', 18],
}
// Over the icon on the taskbar of Windows: 16 px, twice that on dense screens.
const badgeTexts = {
  ...Object.fromEntries([1, 2, 3, 4, 5, 6, 7, 8, 9].map(count => [count, String(count)])),
  more: '9+',
}
const badgeSizes = [16, 32]

const browser = await chromium.launch({
  executablePath: process.env.BROADSHEET_CHROMIUM || '/usr/bin/chromium',
  args: ['--no-sandbox'],
})
const page = await browser.newPage()
try {
  await writeAll()
} finally {
  await browser.close()
}

async function writeAll() {
  mkdirSync(join(resources, 'icons'), { recursive: true })
  for (const size of linuxSizes) write(`icons/${size}x${size}.png`, await plainPng(size))
  write('icon.png', await plainPng(1024))
  write('icon.ico', ico(await pngsBySize(windowsSizes, plainPng)))
  const macPngs = await pngsBySize([...new Set(Object.values(macTypes))], macPng)
  await writeTray()
  await writeBadges()
  write('icon.icns', icns(Object.entries(macTypes).map(([type, size]) => [type, macPngs.get(size)])))
}

async function writeTray() {
  mkdirSync(join(resources, 'tray'), { recursive: true })
  for (const [name, [file, size]] of Object.entries(trayDrawings)) {
    const drawn = readFileSync(join(resources, file), 'utf8')
    write(`tray/${name}.png`, await render(drawn, size, size, ''))
    write(`tray/${name}@2x.png`, await render(drawn, 2 * size, 2 * size, ''))
  }
}

async function writeBadges() {
  for (const size of badgeSizes) {
    mkdirSync(join(resources, 'badge', String(size)), { recursive: true })
    for (const [name, text] of Object.entries(badgeTexts)) {
      write(`badge/${size}/${name}.png`, await render(badgeDrawing(text), size, size, ''))
    }
  }
}

/** A number on a disc, in the blue of the mark in the tray. The letters come along: a picture finds no font of the page. */
function badgeDrawing(text) {
  const file = join(modules, '@fontsource-variable/libre-franklin/files/libre-franklin-latin-wght-normal.woff2')
  const [size, baseline, spacing] = text.length > 1 ? [11.5, 12, -1] : [13, 12.5, 0]
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">
    <style>@font-face { font-family: F; font-weight: 100 900; src: url(data:font/woff2;base64,${readFileSync(file).toString('base64')}) }</style>
    <circle cx="8" cy="8" r="8" fill="#2f7bf6"/>
    <text x="${8 + spacing / 2}" y="${baseline}" text-anchor="middle" fill="#fff" font-family="F" font-weight="700" font-size="${size}" letter-spacing="${spacing}">${text}</text>
  </svg>`
}

function write(name, bytes) {
  writeFileSync(join(resources, name), bytes)
  console.log(`${name}  ${bytes.length} bytes`)
}

async function pngsBySize(sizes, draw) {
  const pngs = new Map()
  for (const size of sizes) pngs.set(size, await draw(size))
  return pngs
}

function plainPng(size) {
  return size < 48 ? render(smallDrawing, size, size, '') : render(drawing, size, size, '')
}

function macPng(size) {
  if (size <= 32) return render(smallDrawing, size, Math.round(size * 0.875), '')
  return render(
    drawing,
    size,
    size * macScale,
    `filter: drop-shadow(0 ${size * 0.01}px ${size * 0.01}px rgb(0 0 0 / 0.3))`,
  )
}

/** PNG bytes of a drawing `drawn` px wide in the middle of a clear square of `size` px. */
async function render(svg, size, drawn, style) {
  await page.setViewportSize({ width: size, height: size })
  const source = `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`
  await page.setContent(
    `<body style="margin:0;display:grid;place-items:center;height:100vh"><img src="${source}" width="${drawn}" height="${drawn}" style="display:block;${style}">`,
  )
  await page.waitForFunction(() => document.images[0].complete)
  return page.screenshot({ omitBackground: true })
}

/** An .ico file of PNGs: a header, a table of 16 bytes an image, the images. */
function ico(pngs) {
  const header = Buffer.alloc(6 + 16 * pngs.size)
  header.writeUInt16LE(1, 2)
  header.writeUInt16LE(pngs.size, 4)
  let offset = header.length
  let entry = 6
  for (const [size, png] of pngs) {
    header.writeUInt8(size % 256, entry)
    header.writeUInt8(size % 256, entry + 1)
    header.writeUInt16LE(1, entry + 4)
    header.writeUInt16LE(32, entry + 6)
    header.writeUInt32LE(png.length, entry + 8)
    header.writeUInt32LE(offset, entry + 12)
    offset += png.length
    entry += 16
  }
  return Buffer.concat([header, ...pngs.values()])
}

/** An .icns file: 'icns', the length of it all, then a type, a length and a PNG for each image. */
function icns(images) {
  const chunks = images.map(([type, png]) => Buffer.concat([tagged(type, png.length + 8), png]))
  const length = chunks.reduce((sum, chunk) => sum + chunk.length, 8)
  return Buffer.concat([tagged('icns', length), ...chunks])
}

function tagged(type, length) {
  const bytes = Buffer.alloc(8)
  bytes.write(type, 'latin1')
  bytes.writeUInt32BE(length, 4)
  return bytes
}
