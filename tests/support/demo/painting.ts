/** Landscapes and small marks painted by arithmetic: pictures for the demo library that belong to nobody. */
import { crc32 } from 'node:zlib'
import { png } from '../pictures.ts'

type Colour = readonly [number, number, number]
type Palette = { top: Colour; low: Colour; far: Colour; near: Colour; sun: Colour }

export type Scene = 'hills' | 'sea' | 'city' | 'night' | 'field' | 'shapes'
export type Mark = 'disc' | 'bars' | 'diamond' | 'wave' | 'ring' | 'steps' | 'cross' | 'arch'

const palettes: Palette[] = [
  { top: [52, 92, 132], low: [242, 196, 150], far: [132, 128, 150], near: [38, 44, 60], sun: [255, 232, 190] },
  { top: [120, 160, 180], low: [236, 230, 214], far: [150, 172, 166], near: [44, 70, 66], sun: [255, 250, 235] },
  { top: [190, 110, 84], low: [250, 214, 160], far: [166, 98, 84], near: [70, 36, 44], sun: [255, 240, 205] },
  { top: [84, 108, 120], low: [206, 212, 206], far: [126, 140, 142], near: [40, 52, 56], sun: [236, 236, 226] },
  { top: [70, 130, 140], low: [226, 232, 190], far: [108, 150, 122], near: [32, 66, 48], sun: [255, 246, 200] },
]

/** A PNG of a scene; the same name always gives the same picture. */
export function paintScene(name: string, scene: Scene, width = 960, height = 540): Buffer {
  const seed = crc32(name)
  const palette = palettes[seed % palettes.length] ?? (palettes[0] as Palette)
  const paint = painters[scene](seed, palette)
  return rasterise(width, height, (x, y) => paint(x / width, y / height, height))
}

/** A PNG of a source's mark, `size` pixels square. */
export function paintMark(mark: Mark, ink: Colour, paper: Colour, size = 64): Buffer {
  return rasterise(size, size, (x, y) => {
    // Four samples a pixel: marks are shown small and must not be jagged.
    let inside = 0
    for (const [dx, dy] of [
      [0.25, 0.25],
      [0.75, 0.25],
      [0.25, 0.75],
      [0.75, 0.75],
    ] as const)
      if (marks[mark]((x + dx) / size - 0.5, (y + dy) / size - 0.5)) inside += 0.25
    return mix(paper, ink, inside)
  })
}

const marks: Record<Mark, (x: number, y: number) => boolean> = {
  disc: (x, y) => Math.hypot(x, y) < 0.3,
  bars: (x, y) => Math.abs(x) < 0.32 && Math.abs(y) < 0.32 && Math.floor((y + 0.5) * 8) % 2 === 0,
  diamond: (x, y) => Math.abs(x) + Math.abs(y) < 0.36,
  wave: (x, y) => Math.abs(y - 0.12 * Math.sin(x * 12)) < 0.08 || Math.abs(y - 0.24 - 0.12 * Math.sin(x * 12)) < 0.05,
  ring: (x, y) => Math.abs(Math.hypot(x, y) - 0.26) < 0.08,
  steps: (x, y) => Math.abs(x) < 0.33 && y < 0.34 && y > 0.26 - Math.floor((x + 0.34) * 6) * 0.14,
  cross: (x, y) => (Math.abs(x) < 0.09 || Math.abs(y) < 0.09) && Math.max(Math.abs(x), Math.abs(y)) < 0.34,
  arch: (x, y) => y < 0.34 && (y > 0 ? Math.abs(x) < 0.3 && Math.abs(x) > 0.14 : inArch(x, y)),
}

function inArch(x: number, y: number): boolean {
  const distance = Math.hypot(x, y)
  return distance < 0.3 && distance > 0.14
}

type Painter = (x: number, y: number, height: number) => Colour

const painters: Record<Scene, (seed: number, palette: Palette) => Painter> = {
  hills: (seed, palette) => layered(seed, palette, 5, 0.42, 0.2),
  field: (seed, palette) => layered(seed, palette, 3, 0.62, 0.06),
  sea: (seed, palette) => (x, y, height) => {
    const horizon = 0.55
    if (y < horizon) return sky(seed, palette, x, y / horizon, horizon)
    const depth = (y - horizon) / (1 - horizon)
    const glitter = noise(seed, x * 14 + depth * 3, depth * depth * 90)
    const glow = Math.max(0, 1 - Math.abs(x - sunAt(seed)) * (5 - depth * 3)) * Math.max(0, glitter - 0.45) * 2.6
    const water = mix(mix(palette.low, palette.far, 0.4), palette.near, depth * 0.9 + glitter * 0.08)
    return mix(water, palette.sun, Math.min(0.85, glow) * edge(y, horizon, height))
  },
  city: (seed, palette) => (x, y, height) => {
    let colour = sky(seed, palette, x, y * 1.3, 0.77)
    for (let row = 0; row < 4; row += 1) {
      const count = 16 - row * 3
      const house = Math.floor(x * count + row * 0.37)
      const roof = 0.3 + row * 0.14 + random(seed + row * 91, house) * 0.22
      const stone = mix(palette.far, palette.near, row / 3)
      const within = (x * count + row * 0.37) % 1
      const window = row > 1 && Math.floor(within * 7) % 2 === 1 && Math.floor(y * 60) % 3 === 1
      const isLit = window && random(seed + Math.floor(within * 7) + Math.floor(y * 60) * 7, house) > 0.72
      colour = mix(colour, isLit && y > roof + 0.03 ? palette.sun : stone, edge(y, roof, height))
    }
    return colour
  },
  night: (seed, palette) => (x, y, height) => {
    const dark: Palette = { ...palette, top: [10, 14, 34], low: [60, 66, 104], far: [36, 42, 70], near: [8, 10, 18] }
    const star = random(seed + Math.floor(x * 400), Math.floor(y * 225))
    const band = Math.max(0, 1 - Math.abs(y - 0.6 + x * 0.5) * 4) * fractal(seed, x * 5, y * 5)
    const sky = mix(
      mix(dark.top, dark.low, y),
      [214, 206, 226],
      Math.min(1, band * 0.5 + (star > 0.9965 - band * 0.006 ? 0.85 : 0)),
    )
    const ridge = 0.84 - 0.1 * fractal(seed + 5, x * 4, 1)
    return mix(sky, dark.near, edge(y, ridge, height))
  },
  shapes: (seed, palette) => (x, y) => {
    let colour = mix(palette.low, palette.sun, 0.5)
    const inks = [palette.near, palette.far, palette.top, palette.low, palette.sun]
    for (let k = 0; k < 7; k += 1) {
      const centreX = random(seed, k * 3)
      const centreY = random(seed, k * 3 + 1)
      const size = 0.1 + random(seed, k * 3 + 2) * 0.25
      const dx = (x - centreX) * 1.78
      const distance = k % 3 === 0 ? Math.max(Math.abs(dx), Math.abs(y - centreY)) : Math.hypot(dx, y - centreY)
      const ring = k % 3 === 2 ? Math.abs(distance - size) - 0.02 : distance - size
      colour = mix(colour, inks[k % inks.length] ?? palette.near, clamp(-ring * 600, 0, 0.92))
    }
    return colour
  },
}

function layered(seed: number, palette: Palette, layers: number, start: number, rough: number): Painter {
  return (x, y, height) => {
    let colour = sky(seed, palette, x, y / (start + 0.2), start + 0.2)
    for (let layer = 0; layer < layers; layer += 1) {
      const nearness = layer / (layers - 1)
      const ridge =
        start + nearness * (0.92 - start) - rough * (fractal(seed + layer * 17, x * (2 + layer), layer) - 0.4)
      // Haze gathers in the valleys, which is what makes hills look far away.
      const haze = clamp((y - ridge) * 2.2, 0, 0.35) * (1 - nearness)
      const ground = mix(mix(palette.far, palette.near, nearness), palette.low, haze)
      const grain = (fractal(seed + 99, x * 30, y * 60) - 0.5) * 0.1 * (0.3 + nearness)
      colour = mix(colour, mix(ground, palette.sun, clamp(grain, 0, 1)), edge(y, ridge, height))
    }
    return colour
  }
}

/** `y` runs from 0 at the top to 1 where the sky ends; `reach` is that end as a share of the picture. */
function sky(seed: number, palette: Palette, x: number, y: number, reach: number): Colour {
  const distance = Math.hypot((x - sunAt(seed)) * 1.78, (y - 0.62) * reach)
  const glow = Math.exp(-distance * 5) * 0.8 + (distance < 0.055 ? 0.6 : 0)
  const cloud = clamp((fractal(seed + 31, x * 3, y * 9) - 0.52) * 2.2, 0, 0.4)
  return mix(mix(mix(palette.top, palette.low, clamp(y, 0, 1)), palette.sun, cloud), palette.sun, clamp(glow, 0, 1))
}

function sunAt(seed: number): number {
  return 0.2 + random(seed, 7) * 0.6
}

/** 0 above a line, 1 below it, and in between on the one pixel where it runs. */
function edge(y: number, line: number, height: number): number {
  return clamp((y - line) * height + 0.5, 0, 1)
}

function fractal(seed: number, x: number, y: number): number {
  return (noise(seed, x, y) * 4 + noise(seed + 1, x * 2.1, y * 2.1) * 2 + noise(seed + 2, x * 4.3, y * 4.3)) / 7
}

/** Smooth noise between 0 and 1. */
function noise(seed: number, x: number, y: number): number {
  const left = Math.floor(x)
  const upper = Math.floor(y)
  const across = smooth(x - left)
  const down = smooth(y - upper)
  const one = random(seed + upper * 57, left) * (1 - across) + random(seed + upper * 57, left + 1) * across
  const two = random(seed + (upper + 1) * 57, left) * (1 - across) + random(seed + (upper + 1) * 57, left + 1) * across
  return one * (1 - down) + two * down
}

function smooth(t: number): number {
  return t * t * (3 - 2 * t)
}

/** A number between 0 and 1 that always belongs to the same two integers. */
function random(seed: number, n: number): number {
  let hash = Math.imul(seed ^ Math.imul(n + 0x9e3779b9, 0x85ebca6b), 0xc2b2ae35)
  hash ^= hash >>> 15
  hash = Math.imul(hash, 0x27d4eb2f)
  return ((hash ^ (hash >>> 13)) >>> 0) / 2 ** 32
}

function mix(from: Colour, to: Colour, share: number): Colour {
  return [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share, from[2] + (to[2] - from[2]) * share]
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value))
}

function rasterise(width: number, height: number, colourAt: (x: number, y: number) => Colour): Buffer {
  const rows = Buffer.alloc(height * (1 + width * 3))
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) rows.set(colourAt(x, y), y * (1 + width * 3) + 1 + x * 3)
  return png(width, height, rows)
}
