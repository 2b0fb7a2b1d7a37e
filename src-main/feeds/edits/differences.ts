/** What is different between two versions of an article: words, in blocks of its text. */
import { diffArrays, diffWordsWithSpace } from 'diff'
import type { EditedBlock, EditedRun } from '../../api/reading/edits.ts'
import { htmlToLines } from '../../lib/html-text.ts'

/** In ms, for one comparison. Two texts that have nothing in common take long to compare, and there is nothing to learn. */
const timeout = 400
/** In characters: more of a version is not compared. */
const mostText = 200_000

/** The blocks of both in their order; those that are the same in a row are counted and left out. */
export function differencesOf(before: string, after: string): EditedBlock[] {
  const [old, now] = [blocksOf(before), blocksOf(after)]
  const parts = diffArrays(old, now, { timeout }) ?? [
    { value: old, added: false, removed: true },
    { value: now, added: true, removed: false },
  ]
  const blocks: EditedBlock[] = []
  for (let at = 0; at < parts.length; at++) {
    const { value, added, removed } = parts[at]!
    const next = parts[at + 1]
    if (!added && !removed) blocks.push({ kind: 'same', count: value.length })
    else if (removed && next?.added) {
      const pairs = Math.max(value.length, next.value.length)
      for (let pair = 0; pair < pairs; pair++) blocks.push(changed(value[pair] ?? '', next.value[pair] ?? ''))
      at++
    } else for (const block of value) blocks.push(removed ? changed(block, '') : changed('', block))
  }
  return blocks
}

/** A line of text, such as a headline. */
export function wordDifferences(before: string, after: string): EditedRun[] {
  const parts = diffWordsWithSpace(before, after, { timeout }) ?? [
    { value: before, added: false, removed: true },
    { value: after, added: true, removed: false },
  ]
  return parts.map(({ value, added, removed }) => ({
    text: value,
    kind: added ? ('added' as const) : removed ? ('removed' as const) : ('same' as const),
  }))
}

function changed(before: string, after: string): EditedBlock {
  return { kind: 'changed', runs: wordDifferences(before, after).filter(({ text }) => text !== '') }
}

function blocksOf(html: string): string[] {
  return htmlToLines(html)
    .slice(0, mostText)
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '')
}
