/**
 * Colours the code of an article once it stands: by CSS's custom highlights, which change nothing in its document, so that what
 * was sanitised is what is there. It takes no room either: no line moves.
 */
import { OwnWorker } from '../../lib/workers/own-worker.ts'
import workerFile from './code-worker.ts?worker&url'
import type { Code, Token, TokenKind } from './tokens.ts'

const kinds: TokenKind[] = ['comment', 'keyword', 'string', 'number', 'name', 'type', 'added', 'removed']

/** Longer code is a file, and nobody reads it here. */
const longest = 30_000
const longestInAll = 200_000
const mostPieces = 200
/** Usual articles take a twentieth of it. */
const longestMs = 3_000

type Piece = { element: Element; code: Code }

const worker = new OwnWorker<Code[], Token[][]>('code-worker', workerFile, longestMs)
let asked = 0

/** Colours what is in `page`, and takes away the colours of what was there before. */
export async function colourCode(page: Document): Promise<void> {
  const highlights = page.defaultView?.CSS.highlights
  if (!highlights) return
  for (const kind of kinds) highlights.delete(`code-${kind}`)
  const pieces = piecesOf(page)
  const number = ++asked
  if (pieces.length === 0) return
  const tokens = await worker.ask(pieces.map(({ code }) => code))
  // Else another article is there by now.
  if (tokens === null || number !== asked) return
  const ranges = new Map<TokenKind, Range[]>(kinds.map(kind => [kind, []]))
  for (const [at, { element }] of pieces.entries()) {
    for (const [kind, range] of rangesOf(element, tokens[at] ?? [])) ranges.get(kind)?.push(range)
  }
  const Highlight = page.defaultView.Highlight
  for (const [kind, own] of ranges) if (own.length > 0) highlights.set(`code-${kind}`, new Highlight(...own))
}

function piecesOf(page: Document): Piece[] {
  const pieces: Piece[] = []
  let inAll = 0
  for (const element of [...page.querySelectorAll('pre')].slice(0, mostPieces)) {
    const text = element.textContent ?? ''
    const language = element.dataset.code ?? element.querySelector<HTMLElement>('code[data-code]')?.dataset.code ?? null
    if (text.length > longest) continue
    inAll += text.length
    if (inAll > longestInAll) break
    pieces.push({ element, code: { text, language } })
  }
  return pieces
}

/** The tokens as ranges in the element's text, which may stand in several nodes. */
function* rangesOf(element: Element, tokens: Token[]): Generator<[TokenKind, Range]> {
  const document = element.ownerDocument
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
  let node = walker.nextNode()
  let before = 0
  for (const { start, end, kind } of tokens) {
    let from = start
    while (node && from < end) {
      const length = node.nodeValue?.length ?? 0
      if (from >= before + length) {
        before += length
        node = walker.nextNode()
        continue
      }
      const range = document.createRange()
      range.setStart(node, from - before)
      range.setEnd(node, Math.min(end - before, length))
      yield [kind, range]
      from = Math.min(end, before + length)
    }
  }
}
