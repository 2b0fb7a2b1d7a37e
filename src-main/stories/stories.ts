/** Groups articles by the event they are about, as they come. */
import { createClusters } from './clusters.ts'
import { createDocuments } from './documents.ts'
import type { ArticleId, Change, Correction, Headline, Member, StoryId } from './headline.ts'
import { defaultOptions, type StoryOptions } from './options.ts'
import { primaryLanguage, wordsOf } from './words.ts'

/** Changes when the same articles would come to other stories: what was stored is then grouped again. */
export const methodVersion = 1

export type Stories = {
  /** Takes new articles in. Those older than the window belong to no story. Answers what changed, of earlier articles, too. */
  add(headlines: Headline[], now: number): Change[]
  /** Holds for articles that are not here yet, too. */
  correct(correction: Correction): Change[]
  /** Takes a correction back; the article it moved is looked at again. */
  retract(correction: Correction): Change[]
  /**
   * Builds the state from what was kept, of this or another day: all members of stories that have one within the window, and
   * the articles within it that stand alone. No assignment changes.
   */
  restore(members: Member[], corrections: Correction[], now: number): void
  storyOf(id: ArticleId): StoryId | null
}

export function createStories(given: Partial<StoryOptions> = {}): Stories {
  const options = { ...defaultOptions, ...given }
  const documents = createDocuments(options)
  const clusters = createClusters(documents, options)
  const docs = new Map<ArticleId, number>()
  const ids: ArticleId[] = []
  /** By cluster. */
  const stories: (StoryId | null)[] = []
  let newest: StoryId = 0

  function take(headline: Headline, now: number): number {
    const at = Math.min(headline.publishedAt, now)
    const doc = documents.add(wordsOf(headline, options), at)
    clusters.add(doc, at, primaryLanguage(headline.language))
    docs.set(headline.id, doc)
    ids[doc] = headline.id
    stories[doc] = null
    return doc
  }

  function gather(one: number, other: number): number {
    const [into, from] = clusters.size(one) >= clusters.size(other) ? [one, other] : [other, one]
    const story = stories[into] ?? stories[from] ?? ++newest
    clusters.join(into, from)
    stories[into] = story
    return into
  }

  const storyOf = (id: ArticleId) => {
    const doc = docs.get(id)
    return doc === undefined ? null : (stories[clusters.of(doc)] ?? null)
  }

  return {
    storyOf,
    add(headlines, now) {
      const touched = new Set<number>()
      const before = new Map<ArticleId, StoryId | null>()
      const changes: Change[] = []
      for (const headline of headlines) {
        if (headline.publishedAt < now - options.window || docs.has(headline.id)) continue
        let cluster = take(headline, now)
        for (;;) {
          const other = clusters.nearest(cluster, () => true)
          if (other === null) break
          for (const doc of [...clusters.members(cluster), ...clusters.members(other)])
            if (!before.has(ids[doc]!)) before.set(ids[doc]!, storyOf(ids[doc]!))
          cluster = gather(cluster, other)
        }
        touched.add(cluster)
      }
      for (const [id, story] of before) if (storyOf(id) !== story) changes.push({ id, story: storyOf(id) })
      return changes
    },
    correct: () => [],
    retract: () => [],
    restore(members, _corrections, now) {
      const roots = new Map<StoryId, number>()
      for (const { headline, story } of members) {
        const doc = take(headline, now)
        if (story === null) continue
        newest = Math.max(newest, story)
        const root = roots.get(story)
        if (root === undefined) stories[doc] = story
        else clusters.join(root, doc)
        roots.set(story, root ?? doc)
      }
    },
  }
}
