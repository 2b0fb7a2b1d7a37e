/** What kind of picture, sound or film bytes are, by their first ones. SVG is none: it is drawn first. */

const ascii = (text: string) => [...text].map(letter => letter.charCodeAt(0))
const signatures: { type: string; at: number; bytes: number[] }[] = [
  { type: 'image/png', at: 0, bytes: [0x89, ...ascii('PNG'), 0x0d, 0x0a, 0x1a, 0x0a] },
  { type: 'image/jpeg', at: 0, bytes: [0xff, 0xd8, 0xff] },
  { type: 'image/gif', at: 0, bytes: ascii('GIF87a') },
  { type: 'image/gif', at: 0, bytes: ascii('GIF89a') },
  { type: 'image/bmp', at: 0, bytes: ascii('BM') },
  { type: 'image/x-icon', at: 0, bytes: [0, 0, 1, 0] },
  { type: 'audio/ogg', at: 0, bytes: ascii('OggS') },
  { type: 'audio/flac', at: 0, bytes: ascii('fLaC') },
  { type: 'audio/mpeg', at: 0, bytes: ascii('ID3') },
  { type: 'video/webm', at: 0, bytes: [0x1a, 0x45, 0xdf, 0xa3] },
]
/** Inside a RIFF file, and the brands of ISO media files ('ftyp'). */
const riff = new Map([
  ['WEBP', 'image/webp'],
  ['WAVE', 'audio/wav'],
])
const brands = new Map([
  ['avif', 'image/avif'],
  ['avis', 'image/avif'],
  ['M4A ', 'audio/mp4'],
  ['M4B ', 'audio/mp4'],
])

/** The type, or null for anything we don't show. */
export function mediaType(bytes: Uint8Array): string | null {
  if (bytes.length < 12) return null
  const known = signatures.find(({ at, bytes: wanted }) => wanted.every((byte, index) => bytes[at + index] === byte))
  if (known) return known.type
  const word = (at: number) => String.fromCharCode(...bytes.subarray(at, at + 4))
  if (word(0) === 'RIFF') return riff.get(word(8)) ?? null
  if (word(4) === 'ftyp') return brands.get(word(8)) ?? 'video/mp4'
  // A frame of MPEG audio or of AAC begins with eleven set bits.
  if (bytes[0] === 0xff && (bytes[1]! & 0xe0) === 0xe0) return (bytes[1]! & 0x06) === 0 ? 'audio/aac' : 'audio/mpeg'
  return null
}
