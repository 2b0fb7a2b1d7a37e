/** Whether what was found of an article is less than its feed gave. All texts are plain. */

/** Shorter texts are summaries, which stand nowhere on the page. */
const shortest = 200
const mostWords = 20_000

/** A feed that gives all of an article gives as much as its page, but for captions and notes on either side. */
export function gaveMore(feedText: string, found: string): boolean {
  return feedText.length >= shortest && found.length < feedText.length * 0.9
}

/** The share of the feed's words that are in what was found, from 0 to 1. */
export function coverage(feedText: string, found: string): number {
  const wanted = wordsOf(feedText)
  if (wanted.length === 0) return 0
  const there = new Map<string, number>()
  for (const word of wordsOf(found)) there.set(word, (there.get(word) ?? 0) + 1)
  const covered = wanted.filter(word => {
    const left = there.get(word) ?? 0
    there.set(word, left - 1)
    return left > 0
  })
  return covered.length / wanted.length
}

/** In scripts without spaces each character is one. */
function wordsOf(text: string): string[] {
  const words =
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\u3040-\u30ff\u3400-\u9fff]|[\p{L}\p{N}]+/gu) ?? []
  return words.slice(0, mostWords)
}
