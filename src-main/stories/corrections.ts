/** What the reader said of pairs of articles, free of contradictions: of two that contradict each other the later holds. */
import type { ArticleId, Correction } from './headline.ts'

export function createCorrections() {
  let list: Correction[] = []

  function sameAs(article: ArticleId): Set<ArticleId> {
    const all = new Set([article])
    // A set grows while it is walked.
    for (const id of all)
      for (const { kind, article, other } of list) {
        if (kind === 'same' && article === id) all.add(other)
        if (kind === 'same' && other === id) all.add(article)
      }
    return all
  }

  function add(correction: Correction): void {
    const { kind, article, other } = correction
    if (article === other) return
    remove(correction)
    if (kind === 'same') {
      const [ones, others] = [sameAs(article), sameAs(other)]
      list = list.filter(
        known =>
          known.kind === 'same' ||
          !(
            (ones.has(known.article) && others.has(known.other)) ||
            (ones.has(known.other) && others.has(known.article))
          ),
      )
    } else if (sameAs(article).has(other)) {
      // It is the article that leaves, and with it what was said of it before.
      list = list.filter(known => known.kind === 'apart' || (known.article !== article && known.other !== article))
    }
    list.push(correction)
  }

  function remove({ kind, article, other }: Correction): void {
    const isIt = (known: Correction) =>
      known.kind === kind &&
      ((known.article === article && known.other === other) || (known.article === other && known.other === article))
    list = list.filter(known => !isIt(known))
  }

  return {
    add,
    /** The articles that are of one story with this one, itself included. */
    sameAs,
    /** Pairs that are of different stories. */
    apart: (): Correction[] => list.filter(({ kind }) => kind === 'apart'),
    get isEmpty() {
      return list.length === 0
    },
  }
}
