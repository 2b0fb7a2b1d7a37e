/**
 * TeX where a sanitiser would lose it: in scripts, in attributes, in the words of pictures. It stays as text between the signs of
 * MathJax, or as a mark on its picture; what is set of it is decided where the article is shown (src-main/maths).
 */
import { decodeHTML } from 'entities'
import { escapeText } from '../../lib/escape.ts'
import { percentDecoded } from '../../lib/urls.ts'
import type { Attributes } from './attributes.ts'

/** On a picture whose `alt` is the TeX of a formula: 'inline' or 'block'. */
export const texAttribute = 'data-tex'

/** As kramdown writes it, after its preview: Jekyll is the system of many who write on mathematics. */
const script =
  /(?:<span class="MathJax_Preview">[^<]{0,4000}<\/span>\s{0,20})?<script\b[^>]{0,200}?\btype\s*=\s*["']?math\/tex([^"'>]{0,50})["']?[^>]{0,200}>([\s\S]{0,8000}?)<\/script>/gi
/** Substack's. */
const rendered = /<div\b[^>]{0,200}?\bclass="latex-rendered"[^>]{0,200}?\bdata-attrs="([^">]{0,8000})"[^>]{0,200}>/gi

/** HTML with the TeX of scripts as text, to be sanitised. Where MathML stands beside it, it is the same formula. */
export function withTexAsText(html: string): string {
  let written = html
  if (/math\/tex/i.test(written) && !/<(?:\w{1,20}:)?math[\s>]/i.test(written)) {
    written = written.replace(script, (_, mode: string, tex: string) =>
      /mode\s*=\s*display/i.test(mode) ? `\\[${escapeText(tex)}\\]` : `\\(${escapeText(tex)}\\)`,
    )
  }
  if (!written.includes('latex-rendered')) return written
  return written.replace(rendered, (div, attributes: string) => {
    const tex = expressionIn(decodeHTML(attributes))
    return tex === null ? div : `${div}\\[${escapeText(tex)}\\]`
  })
}

function expressionIn(json: string): string | null {
  try {
    const { persistentExpression } = JSON.parse(json) as { persistentExpression?: unknown }
    return typeof persistentExpression === 'string' ? persistentExpression : null
  } catch {
    return null
  }
}

/** Of WordPress, MediaWiki, QuickLaTeX, Sphinx. */
const classes =
  /(?:^|\s)(?:latex|tex|math|mathtex|mwe-math-fallback-image-(?:inline|display)|ql-img-(?:inline|displayed)-formula)(?:\s|$)/
const makers =
  /^(?:https?:)?\/\/(?:latex\.codecogs\.com\/|(?:s\d\.)?wp\.com\/latex\.php\?|s\d\.wordpress\.com\/latex\.php\?)/i
/** How codecogs is told size and colour. */
const instructions = /\\(?:dpi|bg|fg|fn|fs)(?:_\w+|\{[^{}]*\})|\\inline(?![a-z])|\\(?:tiny|small|large|huge)(?![a-z])/gi

/** The mark of a picture that is a formula, and the TeX as its words; nothing for any other. */
export function texOfPicture(given: Attributes): Attributes {
  const { alt = '', src = '', class: names = '', [texAttribute]: mark } = given
  if (mark === 'inline' || mark === 'block') return { alt, [texAttribute]: mark }
  if (!classes.test(names) && !makers.test(src)) return {}
  const tex = alt.trim() || texIn(src)
  if (tex === '') return {}
  return { alt: tex, [texAttribute]: /-display(?:ed)?(?:-|\s|$)/.test(names) ? 'block' : 'inline' }
}

function texIn(address: string): string {
  if (!makers.test(address) || !address.includes('codecogs')) return ''
  return percentDecoded(address.slice(address.indexOf('?') + 1))
    .replace(instructions, '')
    .trim()
}
