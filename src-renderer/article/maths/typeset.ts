/**
 * Sets the formulas of an article that its publisher wrote as TeX. It is done where an article is shown and not where it is stored:
 * the stored text stays the publisher's, is searched as it was written, and follows when these rules become better.
 */
import DOMPurify from 'dompurify'
import { mathAttributeNames, mathTags } from '../../../src-main/maths/elements.ts'
import type { Formula } from '../../../src-main/maths/find-tex.ts'
import { OwnWorker } from '../../lib/workers/own-worker.ts'
import { boxFormula } from './formula-box.ts'
import mathsWorker from './maths-worker.ts?worker&url'
import { type Waiting, waitingFormulas } from './tex-in-text.ts'

export type FormulasToMake = { formulas: Formula[]; longestMs: number }

/** An article with 500 formulas takes a tenth of it. */
const longestMs = 2_000

/** The worker itself is given up later, if it does not even come to look at the clock. */
const worker = new OwnWorker<FormulasToMake, (string | null)[]>('maths-worker', mathsWorker, 2 * longestMs)

/** Of the article that was shown last: it is often drawn anew, with its pictures or its full text. */
let made = new Map<string, string | null>()

/**
 * Changes `root`, at once where its formulas were there before, and else when they are made. Null where there is none; answers
 * whether they are still in `root` then.
 */
export function typesetFormulas(root: ParentNode & Node): Promise<boolean> | null {
  const waiting = waitingFormulas(root)
  if (waiting.length === 0) return null
  const keys = waiting.map(({ tex, isDisplay }) => `${isDisplay} ${tex}`)
  if (keys.every(key => made.has(key))) {
    show(
      waiting,
      keys.map(key => made.get(key) ?? null),
    )
    return null
  }
  return make(root, waiting, keys)
}

async function make(root: Node, waiting: Waiting[], keys: string[]): Promise<boolean> {
  const formulas = waiting.map(({ tex, isDisplay }) => ({ tex, isDisplay }))
  const markups = (await worker.ask({ formulas, longestMs })) ?? formulas.map(() => null)
  if (!root.contains(waiting[0]!.element)) return false
  made = new Map(keys.map((key, at) => [key, markups[at] ?? null]))
  show(waiting, markups)
  return true
}

/** Macros have nothing to show, and had a paragraph of their own. */
function leaveOut(element: Element): void {
  const paragraph = element.parentElement
  element.remove()
  if (paragraph?.localName === 'p' && paragraph.textContent?.trim() === '' && paragraph.children.length === 0)
    paragraph.remove()
}

/** What cannot be made stays as it was written. */
function show(waiting: Waiting[], markups: (string | null)[]): void {
  const elements = elementsOf(markups)
  for (const [at, { element, isDisplay }] of waiting.entries()) {
    const math = elements[at]
    if (markups[at] === '') leaveOut(element)
    else if (math) {
      element.replaceWith(math)
      if (isDisplay) boxFormula(math)
    } else if (element.localName === 'img') element.removeAttribute('data-tex')
    else element.replaceWith(...element.childNodes)
  }
}

const tags = ['p', 'math', ...mathTags]
const attributes = ['display', 'encoding', 'class', ...new Set(Object.values(mathAttributeNames).flat())]
const rules = {
  ALLOWED_TAGS: tags,
  ALLOWED_ATTR: attributes,
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  RETURN_DOM_FRAGMENT: true,
} as const

/** Through the second gate like everything of an article, all in one go. */
function elementsOf(markups: (string | null)[]): (Element | null)[] {
  const body = DOMPurify.sanitize(markups.map(markup => `<p>${markup ?? ''}</p>`).join(''), rules)
  return [...body.children].map(({ firstElementChild }) => firstElementChild)
}
