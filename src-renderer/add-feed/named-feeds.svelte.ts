/** What a typed name may stand for: feeds of the catalogue, and places on well-known sites. */

import type { EngineClient } from '../../src-main/api/contract/rpc.ts'
import type { Failure, Feed, FoundFeed } from '../../src-main/api/model.ts'
import {
  type Catalogue,
  type CatalogueFeed,
  type CatalogueSearch,
  clearHit,
  searchCatalogue,
} from '../../src-main/api/names/catalogue.ts'
import { readAddress } from '../../src-main/api/names/typed-address.ts'
import { namedPlaces } from '../../src-main/api/names/typed-names.ts'
import { CataloguePick } from '../catalogue/catalogue.svelte.ts'
import type { AddFeed } from './add-feed.svelte.ts'

/** The preview of a feed of the catalogue. */
export type Look =
  | { kind: 'looking' }
  | { kind: 'seen'; latest: FoundFeed['latest'] }
  | { kind: 'failed'; failure: Failure }

type Parts = {
  engine: Pick<EngineClient, 'discover'>
  catalogue: Promise<Catalogue>
  languages: readonly string[]
  form: AddFeed
  /** What is followed already. */
  feeds: () => Pick<Feed, 'id' | 'url' | 'movedFrom'>[]
}

const nothing: CatalogueSearch = { hits: [], isGuess: false }

export class NamedFeeds {
  /** Null until the catalogue is there. */
  pick = $state.raw<CataloguePick | null>(null)
  isMissing = $state(false)
  looks = $state.raw<ReadonlyMap<string, Look>>(new Map())
  readonly #parts: Parts

  readonly text = $derived.by(() => this.#parts.form.address.trim())
  readonly isName = $derived.by(() => this.text !== '' && readAddress(this.text) === null)
  readonly places = $derived.by(() => namedPlaces(this.text))
  readonly found = $derived.by(() => {
    const isSearched = this.text.length > 1 && !/^[a-z-]+:\/\//i.test(this.text)
    return this.pick && isSearched ? searchCatalogue(this.pick.catalogue, this.text, this.#parts.languages) : nothing
  })
  /** Nothing matches the name. Not while only its first letters are typed. */
  readonly isUnknown = $derived.by(
    () =>
      this.pick !== null &&
      this.isName &&
      this.text.length > 3 &&
      this.places.length === 0 &&
      this.found.hits.length === 0,
  )
  readonly chosen = $derived.by(() => this.pick?.chosenFeeds ?? [])
  /** Feeds ticked before something else was typed. They would be followed, so they are shown, even once unticked. */
  readonly chosenElsewhere = $derived.by(() => {
    const shown = new Set(this.found.hits.map(({ feed }) => feed.url))
    return this.#chosenBefore.filter(feed => !shown.has(feed.url))
  })
  #chosenBefore = $state.raw<CatalogueFeed[]>([])
  readonly #followedIds = $derived.by(() => {
    const ids = new Map<string, number>()
    for (const feed of this.#parts.feeds()) {
      if (feed.movedFrom !== null) ids.set(folded(feed.movedFrom), feed.id)
      ids.set(folded(feed.url), feed.id)
    }
    return ids
  })

  constructor(parts: Parts) {
    this.#parts = parts
    parts.catalogue.then(
      catalogue => (this.pick = new CataloguePick(catalogue, parts.languages)),
      () => (this.isMissing = true),
    )
  }

  /** The feed's id where it is followed already. */
  followedId(url: string): number | null {
    return this.#followedIds.get(folded(url)) ?? null
  }

  /** Call at every change of what is typed. */
  typed(): void {
    this.#chosenBefore = this.chosen
    this.#parts.form.typed()
  }

  choose(feed: CatalogueFeed, isChosen: boolean): void {
    this.pick?.choose([feed], isChosen)
  }

  /** Toggles the preview: asks the feed's server for its latest articles, or hides them. */
  async look({ url }: CatalogueFeed): Promise<void> {
    const known = this.looks.get(url)?.kind
    if (known === 'seen') return this.#forgetLook(url)
    if (known === 'looking') return
    this.#keepLook(url, { kind: 'looking' })
    try {
      const answer = await this.#parts.engine.discover({ address: url })
      if (answer.kind === 'failed') this.#keepLook(url, answer)
      else this.#keepLook(url, { kind: 'seen', latest: answer.feeds[0]?.latest ?? [] })
    } catch {
      this.#forgetLook(url)
    }
  }

  #forgetLook(url: string): void {
    this.looks = new Map([...this.looks].filter(([key]) => key !== url))
  }

  #keepLook(url: string, look: Look): void {
    this.looks = new Map(this.looks).set(url, look)
  }

  /**
   * What Enter does: follows what is ticked, looks at an address, or goes by a name. Answers 'choose' where the name is that
   * of several feeds.
   */
  async submit(): Promise<'choose' | null> {
    const { form } = this.#parts
    if (form.step.kind === 'choosing') await form.followChosen()
    else if (this.chosen.length > 0) await this.#follow(this.chosen)
    else if (!this.isName) await form.search()
    else return await this.#goByName()
    return null
  }

  async #goByName(): Promise<'choose' | null> {
    const { form } = this.#parts
    // It may still be loading.
    await this.#parts.catalogue.catch(() => null)
    const hit = clearHit(this.found, this.text)
    if (!hit && this.found.hits.length > 0) return 'choose'
    const feedId = hit && this.followedId(hit.feed.url)
    if (!hit) form.say({ kind: 'typing', failure: { reason: 'unknown-name', name: this.text } })
    else if (feedId === null) await this.#follow([hit.feed])
    else form.say({ kind: 'already-there', feedId, title: hit.feed.title })
    return null
  }

  async #follow(feeds: CatalogueFeed[]): Promise<void> {
    await this.#parts.form.followNamed(feeds)
    // What failed stays ticked, for another try.
    this.pick?.chooseOnly(feeds.filter(feed => this.#parts.form.failures.has(feed.url)))
  }
}

/** Equal for addresses of the same feed. */
function folded(address: string): string {
  return address.replace(/^https?:\/\/(?:www\.)?/, '').replace(/\/+$/, '')
}
