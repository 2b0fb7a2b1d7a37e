/** Groups articles by the event they are about, as they come. docs/stories.md explains how, and how well. */
import { createClusters, nowhere } from './clusters.ts'
import { createCorrections } from './corrections.ts'
import { createDocuments } from './documents.ts'
import type { ArticleId, Change, Correction, Headline, Member, StoryId } from './headline.ts'
import { createNearest } from './nearest.ts'
import { defaultOptions, type StoryOptions } from './options.ts'
import { createRecurring } from './recurring.ts'
import { primaryLanguage, wordsOf } from './words.ts'

/** Counts up when the same articles would come to other stories: what was kept is then to be grouped again. */
export const methodVersion = 1

/** The words of so few articles tell nothing of how frequent a word is. */
const fewArticles = 20

export type Stories = {
  /**
   * Takes new articles in, one after the other: it makes no difference how many come in one call. Articles older than the
   * window when they come, and those that are known, change nothing. Answers what changed, of earlier articles too.
   */
  add(headlines: Headline[], now: number): Change[]
  /**
   * Holds for articles that come later, too. Of an article and another that are not of one story, the article leaves it and
   * stands alone. Two that are one story take their stories with them, as far as the window and other corrections let them.
   */
  correct(correction: Correction): Change[]
  /**
   * Takes a correction back. `before`: the stories, as they were, of the articles that it changed; without it the article is
   * compared anew.
   */
  retract(correction: Correction, before?: Change[]): Change[]
  /**
   * Builds an empty state from what was kept: the articles within the window, and all those of stories that have one there.
   * No article changes its story by it.
   */
  restore(members: Member[], corrections: Correction[], now: number): void
  /** Null for an article that stands alone or is not known. */
  storyOf(id: ArticleId): StoryId | null
  /** The articles that are known, in the order they came in, with their stories. */
  snapshot(): Change[]
}

export function createStories(given: Partial<StoryOptions> = {}): Stories {
  const options = { ...defaultOptions, ...given }
  const documents = createDocuments(options)
  const clusters = createClusters(documents)
  const nearest = createNearest(documents, clusters, options)
  const corrections = createCorrections()
  const recurring = createRecurring(options.window)
  /** Articles and documents, which are numbers that change when old ones are forgotten. */
  let docs = new Map<ArticleId, number>()
  let ids: ArticleId[] = []
  /** By cluster: its story, and its size when it was last compared with others. */
  let stories: (StoryId | null)[] = []
  let compared: number[] = []
  let newest: StoryId = 0
  let weighed = fewArticles
  /** During a call: which story the articles it touches had before. */
  const before = new Map<ArticleId, StoryId | null>()

  function storyOf(id: ArticleId): StoryId | null {
    const cluster = clusters.of(docs.get(id) ?? nowhere) ?? nowhere
    return stories[cluster] ?? null
  }

  /** Does the work and answers which articles have another story afterwards. */
  function changesOf(work: () => void): Change[] {
    before.clear()
    work()
    return [...before].flatMap(([id, story]) => (storyOf(id) === story ? [] : [{ id, story: storyOf(id) }]))
  }

  function note(cluster: number): void {
    for (const doc of clusters.members(cluster)) {
      const id = ids[doc]!
      if (!before.has(id)) before.set(id, stories[cluster]!)
    }
  }

  function take(headline: Headline, now: number): number {
    const at = Math.min(headline.publishedAt, now)
    const doc = documents.add(wordsOf(headline, options), at)
    clusters.add(doc, at, primaryLanguage(headline.language))
    docs.set(headline.id, doc)
    ids[doc] = headline.id
    stories[doc] = null
    compared[doc] = 1
    return doc
  }

  /** Makes one cluster of two. It goes on as the story of the larger one. */
  function unite(one: number, other: number): number {
    const [into, from] = clusters.size(one) >= clusters.size(other) ? [one, other] : [other, one]
    note(into)
    note(from)
    clusters.join(into, from)
    stories[into] ??= stories[from] ?? ++newest
    return into
  }

  /** Takes a document out of its cluster, to stand alone. */
  function leave(doc: number): void {
    const cluster = clusters.of(doc)
    if (clusters.size(cluster) === 1 && stories[cluster] === null) return
    note(cluster)
    const story = stories[cluster]!
    const rest = clusters.remove(doc)
    stories[doc] = null
    compared[doc] = 1
    if (rest === null) return
    stories[rest] = clusters.size(rest) > 1 ? story : null
    compared[rest] = clusters.size(rest)
  }

  /** Whether no correction says that an article of the one cluster and one of the other are of different stories. */
  function mayBeOne(one: number, other: number): boolean {
    return corrections.apart().every(({ article, other: another }) => {
      const pair = [clusterOf(article), clusterOf(another)]
      return !(pair.includes(one) && pair.includes(other) && pair[0] !== pair[1])
    })
  }

  function clusterOf(id: ArticleId): number {
    const doc = docs.get(id)
    return doc === undefined ? nowhere : clusters.of(doc)
  }

  /** Makes a cluster one with those it goes with. A large one is compared only when it has grown by a share. */
  function settle(doc: number): void {
    for (;;) {
      const cluster = clusters.of(doc)
      const size = clusters.size(cluster)
      if (size > 1 && size < compared[cluster]! * options.compareAfter) return
      compared[cluster] = size
      const other = nearest(cluster, candidate => corrections.isEmpty || mayBeOne(cluster, candidate))
      if (other === null) return
      unite(cluster, other)
    }
  }

  /** Brings the articles together that the reader said are one story with this one: their stories, or else them alone. */
  function bringTogether(id: ArticleId): void {
    const group = [...corrections.sameAs(id)].flatMap(other => docs.get(other) ?? [])
    const fits = (one: number, other: number) => clusters.span(one, other) <= options.window && mayBeOne(one, other)
    for (const doc of group.slice(1)) {
      const [one, other] = [clusters.of(group[0]!), clusters.of(doc)]
      if (one !== other && fits(one, other)) unite(one, other)
    }
    if (group.every(doc => clusters.of(doc) === clusters.of(group[0]!))) return
    for (const doc of group) leave(doc)
    for (const doc of group.slice(1)) if (fits(clusters.of(group[0]!), doc)) unite(clusters.of(group[0]!), doc)
  }

  function addOne(headline: Headline, now: number): void {
    if (headline.publishedAt < now - options.window || docs.has(headline.id)) return
    const { isRecurring, earlier } = recurring.look(headline, Math.min(headline.publishedAt, now))
    if (earlier !== null) retire(earlier)
    weighWhenDue(now)
    const doc = take(headline, now)
    if (isRecurring) retire(headline.id)
    if (!corrections.isEmpty) bringTogether(headline.id)
    if (clusters.of(doc) !== nowhere) settle(doc)
  }

  /** Of a recurring title: belongs to no story, unless the reader says so. */
  function retire(id: ArticleId): void {
    const doc = docs.get(id)
    if (doc === undefined || clusters.of(doc) === nowhere || corrections.sameAs(id).size > 1) return
    leave(doc)
    clusters.retire(doc)
  }

  /** Weighs all words by how frequent they are now, and forgets what is older than the window. */
  function weighWhenDue(now: number): void {
    if (documents.size < weighed * options.weighAfter) return
    const all = Array.from({ length: documents.size }, (_, doc) => doc)
    const kept = all.filter(doc => clusters.time(doc) >= now - options.window)
    if (kept.length < documents.size * 0.8) keepOnly(kept, now)
    documents.weighAll()
    clusters.weighAll()
    weighed = Math.max(documents.size, fewArticles)
  }

  function keepOnly(kept: number[], now: number): void {
    const storiesBefore = kept.map(doc => stories[clusters.of(doc)] ?? null)
    documents.keep(kept)
    clusters.keep(kept)
    ids = kept.map(doc => ids[doc]!)
    docs = new Map(ids.map((id, doc) => [id, doc]))
    stories = []
    compared = []
    for (const [doc, story] of storiesBefore.entries()) {
      const cluster = clusters.of(doc)
      if (cluster === nowhere) continue
      stories[cluster] = story
      compared[cluster] = clusters.size(cluster)
    }
    recurring.forgetBefore(now - options.window)
  }

  /** Gives articles the stories they had, as far as these may be theirs still. */
  function putBack(changes: Change[]): void {
    const known = changes.filter(({ id }) => clusterOf(id) !== nowhere)
    for (const { id } of known) leave(docs.get(id)!)
    for (const { id, story } of known) {
      const doc = docs.get(id)!
      const home = stories.findIndex((other, cluster) => other === story && clusters.of(cluster) === cluster)
      if (story === null) continue
      if (home < 0) {
        note(doc)
        stories[doc] = story
      } else if (clusters.span(home, doc) <= options.window && mayBeOne(home, doc)) unite(home, doc)
    }
  }

  return {
    storyOf,
    snapshot: () => ids.map(id => ({ id, story: storyOf(id) })),
    add: (headlines, now) =>
      changesOf(() => {
        for (const headline of headlines) addOne(headline, now)
      }),
    correct: correction =>
      changesOf(() => {
        const { kind, article, other } = correction
        corrections.add(correction)
        if (kind === 'same') return bringTogether(article)
        const [cluster, others] = [clusterOf(article), clusterOf(other)]
        if (cluster === nowhere || cluster !== others) return
        for (const id of corrections.sameAs(article)) if (clusterOf(id) === clusterOf(other)) leave(docs.get(id)!)
        bringTogether(article)
      }),
    retract: (correction, earlier) =>
      changesOf(() => {
        corrections.remove(correction)
        const doc = docs.get(correction.article)
        if (earlier) return putBack(earlier)
        if (doc === undefined || clusters.of(doc) === nowhere) return
        leave(doc)
        bringTogether(correction.article)
        settle(doc)
      }),
    restore(members, said, now) {
      for (const correction of said) corrections.add(correction)
      const taken = members.map(({ headline, story }) => ({ doc: take(headline, now), headline, story }))
      for (const [story, group] of Map.groupBy(taken, ({ story }) => story)) {
        if (story === null) continue
        clusters.form(group.map(({ doc }) => doc))
        const cluster = group[0]!.doc
        stories[cluster] = story
        compared[cluster] = group.length
        newest = Math.max(newest, story)
      }
      for (const { headline, story } of taken) {
        const { isRecurring } = recurring.look(headline, Math.min(headline.publishedAt, now))
        if (isRecurring && story === null) retire(headline.id)
      }
      documents.weighAll()
      clusters.weighAll()
      weighed = Math.max(documents.size, fewArticles)
    },
  }
}
