/** Groups articles by the event they are about, as they come. docs/stories.md explains how, and how well. */
import { Clusters, nowhere } from './clusters.ts'
import { createCorrections } from './corrections.ts'
import { Documents } from './documents.ts'
import type { ArticleId, Change, Correction, Headline, Member, StoryId } from './headline.ts'
import { Nearest } from './nearest.ts'
import { defaultOptions, type StoryOptions } from './options.ts'
import { createRecurring } from './recurring.ts'
import { primaryLanguage, wordsOf } from './words/words.ts'

/** Counts up when the same articles would come to other stories: what was kept is then to be grouped again. */
export const methodVersion = 2

/** The words of so few articles tell nothing of how frequent a word is. */
const fewArticles = 20
/** Where fewer of the articles than this are within the window, the others are forgotten. */
const leastWithin = 0.8

export function createStories(options: Partial<StoryOptions> = {}): Stories {
  return new Stories({ ...defaultOptions, ...options })
}

export class Stories {
  readonly #options: StoryOptions
  readonly #documents: Documents
  readonly #clusters: Clusters
  readonly #nearest: Nearest
  #corrections = createCorrections()
  readonly #recurring = createRecurring()
  /** Articles and documents, whose numbers change when old ones are forgotten. */
  #docs = new Map<ArticleId, number>()
  #ids: ArticleId[] = []
  /** By cluster: its story, and its size when it was last compared with others. */
  #stories: (StoryId | null)[] = []
  #compared: number[] = []
  #newest: StoryId = 0
  /** How many articles there were when words were weighed last. */
  #weighed = fewArticles
  /** Which story the articles had before that the last call of `add` has touched. */
  readonly #before = new Map<ArticleId, StoryId | null>()

  constructor(options: StoryOptions) {
    this.#options = options
    this.#documents = new Documents(options)
    this.#clusters = new Clusters(this.#documents)
    this.#nearest = new Nearest(this.#documents, this.#clusters, options)
  }

  /**
   * Takes new articles in, one after the other: it makes no difference how many come in one call. Articles older than the
   * window when they come, and those that are known, change nothing. Answers what changed, of earlier articles too.
   */
  add(headlines: Headline[], now: number): Change[] {
    this.#before.clear()
    for (const headline of headlines) this.#addOne(headline, now)
    return [...this.#before].flatMap(([id, before]) => {
      const story = this.storyOf(id)
      return story === before ? [] : [{ id, story }]
    })
  }

  /**
   * Takes what was kept for what is so, and changes no article's story by itself. `members`: the articles within the window, and
   * all those of stories that have one there; `corrections` hold from now on, in place of those before; `newest`: the highest
   * number that a story has had. Of an empty state all is built, of another what is not as it was kept.
   */
  restore(members: Member[], corrections: Correction[], now: number, newest: StoryId = 0): void {
    this.#corrections = createCorrections()
    for (const correction of corrections) this.#corrections.add(correction)
    const unknown = members.filter(({ headline }) => !this.#docs.has(headline.id))
    for (const { headline } of unknown) this.#take(headline, now)
    this.#regroup(members)
    this.#newest = Math.max(this.#newest, newest)
    for (const { headline, story } of unknown) {
      const { isRecurring, earlier } = this.#recurring.look(headline, Math.min(headline.publishedAt, now))
      if (isRecurring && story === null) this.#retire(headline.id)
      if (earlier !== null && this.storyOf(earlier) === null) this.#retire(earlier)
    }
    if (unknown.length > 0) this.#weigh()
  }

  has(id: ArticleId): boolean {
    return this.#docs.has(id)
  }

  /** How many articles it knows. */
  get size(): number {
    return this.#docs.size
  }

  /** Null for an article that stands alone or is not known. */
  storyOf(id: ArticleId): StoryId | null {
    return this.#stories[this.#clusterOf(id)] ?? null
  }

  #note(cluster: number): void {
    for (const doc of this.#clusters.members(cluster)) {
      const id = this.#ids[doc]!
      if (!this.#before.has(id)) this.#before.set(id, this.#stories[cluster] ?? null)
    }
  }

  #addOne(headline: Headline, now: number): void {
    if (headline.publishedAt < now - this.#options.window || this.#docs.has(headline.id)) return
    const { isRecurring, earlier } = this.#recurring.look(headline, Math.min(headline.publishedAt, now))
    if (earlier !== null) this.#retire(earlier)
    this.#weighWhenDue(now)
    const doc = this.#take(headline, now)
    if (isRecurring) this.#retire(headline.id)
    if (!this.#corrections.isEmpty) this.#bringTogether(headline.id)
    if (this.#clusters.of(doc) !== nowhere) this.#settle(doc)
  }

  #take(headline: Headline, now: number): number {
    const at = Math.min(headline.publishedAt, now)
    const doc = this.#documents.add(wordsOf(headline, this.#options), at)
    this.#clusters.add(doc, at, primaryLanguage(headline.language))
    this.#docs.set(headline.id, doc)
    this.#ids[doc] = headline.id
    this.#stories[doc] = null
    this.#compared[doc] = 1
    return doc
  }

  /** Null for an article that is not known, or that recurs. */
  #docOf(id: ArticleId): number | null {
    const doc = this.#docs.get(id)
    return doc === undefined || this.#clusters.of(doc) === nowhere ? null : doc
  }

  #clusterOf(id: ArticleId): number {
    const doc = this.#docs.get(id)
    return doc === undefined ? nowhere : this.#clusters.of(doc)
  }

  /** Makes a cluster one with those it goes with. A large one is compared only when it has grown by a share. */
  #settle(doc: number): void {
    for (;;) {
      const cluster = this.#clusters.of(doc)
      const size = this.#clusters.size(cluster)
      if (size > 1 && size < this.#compared[cluster]! * this.#options.compareAfter) return
      this.#compared[cluster] = size
      const other = this.#nearest.find(cluster, candidate => this.#mayBeOne(cluster, candidate))
      if (other === null) return
      this.#unite(cluster, other)
    }
  }

  /** Makes one cluster of two. It goes on as the story of the larger one. */
  #unite(one: number, other: number): void {
    const [into, from] = this.#clusters.size(one) >= this.#clusters.size(other) ? [one, other] : [other, one]
    this.#note(into)
    this.#note(from)
    this.#clusters.join(into, from)
    this.#stories[into] ??= this.#stories[from] ?? ++this.#newest
  }

  /** Takes a document out of its cluster, to stand alone. */
  #leave(doc: number): void {
    const cluster = this.#clusters.of(doc)
    const story = this.#stories[cluster] ?? null
    if (story === null) return
    this.#note(cluster)
    const rest = this.#clusters.remove(doc)
    this.#stories[doc] = null
    this.#compared[doc] = 1
    if (rest === null) return
    const size = this.#clusters.size(rest)
    this.#stories[rest] = size > 1 ? story : null
    this.#compared[rest] = size
  }

  /** Whether no correction says that an article of the one cluster and one of the other are of different stories. */
  #mayBeOne(one: number, other: number): boolean {
    if (this.#corrections.isEmpty) return true
    return this.#corrections.apart().every(pair => {
      const [first, second] = [this.#clusterOf(pair.article), this.#clusterOf(pair.other)]
      return !((first === one && second === other) || (first === other && second === one))
    })
  }

  #fit(one: number, other: number): boolean {
    return this.#clusters.span(one, other) <= this.#options.window && this.#mayBeOne(one, other)
  }

  /** Brings the articles together that the reader said are one story with this one: their stories, or else them alone. */
  #bringTogether(id: ArticleId): void {
    const [first, ...others] = [...this.#corrections.sameAs(id)].flatMap(other => this.#docOf(other) ?? [])
    if (first === undefined) return
    const isTogether = (doc: number) => this.#clusters.of(doc) === this.#clusters.of(first)
    const bring = () => {
      for (const doc of others.filter(doc => !isTogether(doc)))
        if (this.#fit(this.#clusters.of(first), this.#clusters.of(doc)))
          this.#unite(this.#clusters.of(first), this.#clusters.of(doc))
    }
    bring()
    if (others.every(isTogether)) return
    for (const doc of [first, ...others]) this.#leave(doc)
    bring()
  }

  /** Of a recurring title: belongs to no story, unless the reader says so. */
  #retire(id: ArticleId): void {
    const doc = this.#docOf(id)
    if (doc === null || this.#corrections.sameAs(id).size > 1) return
    this.#leave(doc)
    this.#clusters.retire(doc)
  }

  /** Puts articles that are known into these stories, and all others out of theirs. */
  #regroup(members: Member[]): void {
    const kept = new Map(members.map(({ headline, story }) => [headline.id, story]))
    for (const [id, doc] of this.#docs) if (this.storyOf(id) !== (kept.get(id) ?? null)) this.#leave(doc)
    for (const [story, group] of Map.groupBy(members, member => member.story)) {
      if (story === null) continue
      const docs = group.map(({ headline }) => this.#docs.get(headline.id)!)
      const others = docs.filter(doc => this.#stories[this.#clusters.of(doc)] !== story)
      if (others.length === 0) continue
      // The one it goes by stays the first.
      const [cluster = docs[0]!] = docs.map(doc => this.#clusters.of(doc)).filter(of => this.#stories[of] === story)
      this.#clusters.form([cluster, ...docs.filter(doc => doc !== cluster)])
      this.#stories[cluster] = story
      this.#compared[cluster] = docs.length
      this.#newest = Math.max(this.#newest, story)
    }
  }

  /** Weighs all words by how frequent they are now, and forgets what is older than the window. */
  #weighWhenDue(now: number): void {
    const size = this.#documents.size
    if (size < this.#weighed * this.#options.weighAfter) return
    const kept: number[] = []
    for (let doc = 0; doc < size; doc++) if (this.#clusters.time(doc) >= now - this.#options.window) kept.push(doc)
    if (kept.length < size * leastWithin) this.#keep(kept, now)
    this.#weigh()
  }

  #weigh(): void {
    this.#documents.weighAll()
    this.#clusters.weighAll()
    this.#weighed = Math.max(this.#documents.size, fewArticles)
  }

  #keep(kept: number[], now: number): void {
    const stories = kept.map(doc => this.#stories[this.#clusters.of(doc)] ?? null)
    this.#documents.keep(kept)
    this.#clusters.keep(kept)
    this.#ids = kept.map(doc => this.#ids[doc]!)
    this.#docs = new Map(this.#ids.map((id, doc) => [id, doc]))
    this.#stories = []
    this.#compared = []
    for (const [doc, story] of stories.entries()) {
      const cluster = this.#clusters.of(doc)
      if (cluster === nowhere) continue
      this.#stories[cluster] = story
      this.#compared[cluster] = this.#clusters.size(cluster)
    }
    this.#recurring.forgetBefore(now - this.#options.window)
  }
}
