/**
 * Makes an article's HTML fit to be stored and shown: the last step of the intake, and the only maker of SafeHtml.
 * Nothing may change the HTML or an address in it afterwards, or what was checked is not what is shown.
 */
import { createRequire } from 'node:module'
import type gate from 'sanitize-html'
import type { SafeHtml } from '../../api/model.ts'
import { isPlain } from './sanitize-plain.ts'
import { allowedTags, droppedWhole, mathTags, voidTags } from './sanitize-tags.ts'
import { tidy } from './sanitize-tidy.ts'
import type { AddressContext } from './sanitize-url.ts'

/** Counts up when the rules change, so that what was stored under older ones can be told. */
export const sanitizeRules = 1

export type Sanitized = {
  html: SafeHtml
  /** Plain text for the index, at most about 100,000 characters; blocks are set apart by a space. */
  text: string
  /** Addresses of the images, audio and video that `html` shows, in their order, each once. */
  media: string[]
}

/**
 * Sanitises one piece of HTML. `base` resolves relative addresses; `privateHost` (host:port) is where media may come from
 * although it is not public. At most 5 million characters are read, and about as many given back.
 */
export function sanitizeHtml(html: string, context: AddressContext): Sanitized {
  const { html: tidied, text, media } = tidy(html, context)
  return { html: passGate(tidied) as SafeHtml, text, media }
}

/** What is plain passes as it is, since sanitize-html would not change it; all else it rebuilds by its own allow-list. */
function passGate(html: string): string {
  return isPlain(html) ? html : loadGate()(html, gateRules)
}

const load = createRequire(import.meta.url)

/** With all it brings along it is as large as the rest of a worker, and hardly ever needed. */
function loadGate(): typeof gate {
  return load('sanitize-html') as typeof gate
}

/** The words of a piece of HTML, for where no HTML is shown. */
export function plainText(html: string): string {
  if (!/[<&]/.test(html)) return html
  return tidy(html, { base: 'http://localhost/' }).text
}

/*
 * An allow-list of its own, which trusts nothing of what was tidied: no tag, attribute or scheme that is not named here gets
 * through, whatever mistakes are made before.
 */
export const gateRules: gate.IOptions & { allowedEmptyAttributes: string[] } = {
  allowedTags: [...Object.keys(allowedTags), ...mathTags],
  allowedAttributes: Object.fromEntries(
    Object.entries(allowedTags).map(([tag, attributes]) => [tag, [...attributes, 'dir', 'lang', 'title']]),
  ),
  allowedSchemes: ['http', 'https', 'mailto'],
  allowedSchemesByTag: {
    img: ['http', 'https', 'data'],
    video: ['http', 'https', 'data'],
    audio: ['http', 'https'],
    source: ['http', 'https'],
  },
  allowProtocolRelative: false,
  allowedEmptyAttributes: ['alt'],
  disallowedTagsMode: 'discard',
  nonTextTags: droppedWhole,
  selfClosing: voidTags,
  parseStyleAttributes: false,
  nestingLimit: 300,
}
