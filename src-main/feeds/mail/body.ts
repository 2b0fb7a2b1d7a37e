/** What of a message's parts is its text, what is a picture in it, and what is attached. */
import { signedContent } from '../signed-data.ts'
import { headOf } from './head.ts'
import { readHeaders } from './headers.ts'
import type { MailHead, Seal } from './message.ts'
import { type Budget, decodedText, type Part, readParts } from './mime.ts'
import { longestPlain, withoutArmour } from './plain.ts'

/** Messages within messages. Deeper ones are listed as files. */
const deepestMessage = 5

export type Segment =
  | { kind: 'html'; html: string }
  | { kind: 'text'; text: string; isFlowed: boolean; hasDelSp: boolean }
  | { kind: 'picture'; part: Part }
  /** A text that is encrypted. */
  | { kind: 'sealed'; seal: Seal }
  | { kind: 'message'; head: MailHead; segments: Segment[] }

export type Body = {
  segments: Segment[]
  /** What the text may refer to by an address within the message. */
  resources: Part[]
  attachments: Part[]
  /** Of the message itself, not of one within it. */
  seal: Seal | null
  /** Some of its text is left out. */
  isCut: boolean
}

type Reading = { body: Body; budget: Budget; now: number; level: number }

/** Throws a `Refusal` beyond the limits. */
export async function readBody(bytes: Uint8Array, now: number, omission?: string): Promise<Body> {
  const body: Body = { segments: [], resources: [], attachments: [], seal: null, isCut: false }
  const budget = { parts: 0, depth: 0 }
  body.segments = await segmentsOf(await readParts(bytes, budget, omission), { body, budget, now, level: 0 })
  return body
}

async function segmentsOf(part: Part, reading: Reading): Promise<Segment[]> {
  const { body } = reading
  const signed = isEnvelope(part) && part.bytes ? signedContent(part.bytes) : null
  if (signed && reading.level < deepestMessage) {
    return segmentsOf(await partsWithin(signed, reading), { ...reading, level: reading.level + 1 })
  }
  const seal = sealOf(part)
  if (seal) {
    body.seal = seal
    return [{ kind: 'sealed', seal }]
  }
  if (part.type.startsWith('multipart/')) return ofMultipart(part, reading)
  const isAttached = part.disposition === 'attachment'
  if (isMessage(part)) return ofMessage(part, reading)
  if (!isAttached && /^text\/(?:html|plain|markdown)$/.test(part.type)) return ofText(part, reading)
  // Signatures say nothing to a reader, and AppleDouble's half of a file is of no use to anyone.
  if (/^application\/(?:(?:x-)?pkcs7-signature|pgp-signature|applefile)$/.test(part.type)) return []
  if (part.type.startsWith('image/') && part.bytes) {
    if (part.contentId !== '' || part.location !== '') body.resources.push(part)
    // Apple's program puts pictures between two texts.
    else if (!isAttached) return [{ kind: 'picture', part }]
  }
  if (part.size > 0) body.attachments.push(part)
  return []
}

async function ofMultipart(part: Part, reading: Reading): Promise<Segment[]> {
  const [first, ...others] = part.parts
  if (!first) return []
  if (part.type === 'multipart/signed') return segmentsOf(first, reading)
  if (part.type === 'multipart/alternative') return ofAlternative(part, reading)
  if (part.type === 'multipart/related') {
    const start = (part.params.start ?? '').replace(/^<|>$/g, '')
    const root = part.parts.find(({ contentId }) => start !== '' && contentId === start) ?? first
    const segments = await segmentsOf(root, reading)
    for (const other of part.parts) if (other !== root) await keep(other, reading)
    return segments
  }
  if (part.type === 'multipart/report') {
    const segments = await segmentsOf(first, reading)
    for (const other of others) await keep(other, reading)
    return segments
  }
  const all: Segment[] = []
  for (const one of part.parts) all.push(...(await segmentsOf(one, reading)))
  return all
}

/** The last one that we can show is the sender's favourite (RFC 2046, 5.1.4), but HTML before text, and none that is empty. */
async function ofAlternative(part: Part, reading: Reading): Promise<Segment[]> {
  const ranked = part.parts
    .map((one, at) => ({ one, rank: hasText(one, 'text/html') ? 2 : hasText(one) ? 1 : 0, at }))
    .sort((a, b) => b.rank - a.rank || b.at - a.at)
  const chosen = ranked[0]!
  for (const { one } of ranked) {
    // An invitation, or an alternative for programs of one maker; text once more is none.
    if (one !== chosen.one && !/^(?:text\/(?!calendar)|multipart\/|image\/)/.test(one.type)) await keep(one, reading)
  }
  return segmentsOf(chosen.one, reading)
}

/** Whether there is a text in it, of this type, that shows anything. */
function hasText(part: Part, type?: string): boolean {
  if (part.parts.length > 0) return part.parts.some(one => hasText(one, type))
  const isOne = type === undefined ? /^text\/(?:html|plain|markdown)$/.test(part.type) : part.type === type
  if (!isOne || !part.bytes || part.disposition === 'attachment') return false
  if (part.size > 5_000) return true
  const text = Buffer.from(part.bytes).toString('latin1')
  if (part.type !== 'text/html') return /\S/.test(text)
  const shown = text.replace(/<(style|title)\b[\s\S]*?<\/\1\s*>?|<[^>]*>|&nbsp;/gi, '')
  return /\S/.test(shown) || /<img\b/i.test(text)
}

/** What is not shown as text of its own, but may be referred to, or is listed. */
async function keep(part: Part, reading: Reading): Promise<void> {
  const { body } = reading
  if (part.type.startsWith('multipart/')) {
    for (const one of part.parts) await keep(one, reading)
  } else if (part.type.startsWith('image/') && (part.contentId !== '' || part.location !== ''))
    body.resources.push(part)
  else if (part.size > 0 && !/^application\/(?:(?:x-)?pkcs7-signature|pgp-signature)$/.test(part.type)) {
    body.attachments.push(part)
  }
}

function isMessage({ type, bytes }: Part): boolean {
  return /^message\/(?:rfc822|global)$/.test(type) && bytes !== null
}

async function ofMessage(part: Part, reading: Reading): Promise<Segment[]> {
  const { body, now, level } = reading
  const bytes = part.bytes
  if (!bytes || level >= deepestMessage) {
    if (part.size > 0) body.attachments.push(part)
    return []
  }
  const root = await partsWithin(bytes, reading)
  const sealOfOuter = body.seal
  const segments = await segmentsOf(root, { ...reading, level: level + 1 })
  body.seal = sealOfOuter
  return [{ kind: 'message', head: headOf(readHeaders(bytes), now), segments }]
}

/** The parts of what stands in a part; they count as those of the message. */
async function partsWithin(bytes: Uint8Array, { budget }: Reading): Promise<Part> {
  const inner = { ...budget, depth: budget.depth + 1 }
  const root = await readParts(bytes, inner)
  budget.parts = inner.parts
  return root
}

function ofText(part: Part, { body }: Reading): Segment[] {
  const { type, params } = part
  const text = decodedText(part)
  body.isCut ||= part.isCut
  if (type === 'text/html') return [{ kind: 'html', html: text }]
  const plain = withoutArmour(text.slice(0, longestPlain))
  if (plain === null) {
    body.seal = 'pgp'
    return [{ kind: 'sealed', seal: 'pgp' }]
  }
  body.isCut ||= text.length > longestPlain
  const isFlowed = /^flowed$/i.test(params.format ?? '')
  return [{ kind: 'text', text: plain, isFlowed, hasDelSp: /^yes$/i.test(params.delsp ?? '') }]
}

/** Null for a part that can be read. */
function sealOf(part: Part): Seal | null {
  const { type, params } = part
  if (type === 'multipart/encrypted') return /pkcs7|smime/i.test(params.protocol ?? '') ? 'smime' : 'pgp'
  if (isEnvelope(part)) return /^certs-only$/i.test(params['smime-type'] ?? '') ? null : 'smime'
  return type === 'application/pgp-encrypted' ? 'pgp' : null
}

function isEnvelope({ type }: Part): boolean {
  return /^application\/(?:x-)?pkcs7-mime$/.test(type)
}
