/** The starter catalogue: well-known feeds by topic, shipped with the program, and what the user picks from it. */
import type { Catalogue, CatalogueFeed } from '../../src-main/api/names/catalogue.ts'
import { toggled } from '../lib/toggled.ts'
import type { FeedToFollow } from '../library/follow-list.svelte.ts'

const files = import.meta.glob<Catalogue>('../../resources/catalogue.json', { import: 'default' })

/** Loaded only where it is shown: most starts never need it. Throws in a build that has none. */
export async function loadCatalogue(): Promise<Catalogue> {
  const [load] = Object.values(files)
  if (!load) throw new Error('this build has no catalogue')
  return load()
}

/** 'pt' of 'pt-BR'. */
export const baseLanguage = (tag: string): string => tag.split('-')[0]!.toLowerCase()

export class CataloguePick {
  readonly catalogue: Catalogue
  /** Every language there is, those with most feeds first. */
  readonly languages: string[]
  /** Empty for all languages. */
  shownLanguages = $state.raw<ReadonlySet<string>>(new Set())
  chosen = $state.raw<ReadonlySet<string>>(new Set())

  readonly topics = $derived.by(() =>
    this.catalogue.topics
      .map(topic => ({ ...topic, feeds: topic.feeds.filter(feed => this.#isShown(feed)) }))
      .filter(topic => topic.feeds.length > 0),
  )
  /** The ticked feeds in the order of the page, without those that the language filter hides. */
  readonly toFollow = $derived.by(() =>
    this.topics.flatMap(topic =>
      topic.feeds
        .filter(feed => this.chosen.has(feed.url))
        .map((feed): FeedToFollow => ({ url: feed.url, title: feed.title, folder: topic.title })),
    ),
  )

  /** All ticked feeds, also those that the language filter hides. */
  readonly chosenFeeds = $derived.by(() =>
    this.catalogue.topics.flatMap(topic => topic.feeds.filter(feed => this.chosen.has(feed.url))),
  )

  constructor(catalogue: Catalogue, userLanguages: readonly string[]) {
    this.catalogue = catalogue
    const all = catalogue.topics.flatMap(topic => topic.feeds.map(feed => baseLanguage(feed.language)))
    const counts = Map.groupBy(all, language => language)
    this.languages = [...counts.keys()].toSorted((one, other) => counts.get(other)!.length - counts.get(one)!.length)
    this.shownLanguages = new Set(userLanguages.map(baseLanguage).filter(language => counts.has(language)))
  }

  #isShown(feed: CatalogueFeed): boolean {
    return this.shownLanguages.size === 0 || this.shownLanguages.has(baseLanguage(feed.language))
  }

  showAllLanguages(): void {
    this.shownLanguages = new Set()
  }

  toggleLanguage(language: string): void {
    this.shownLanguages = toggled(this.shownLanguages, [language], !this.shownLanguages.has(language))
  }

  choose(feeds: CatalogueFeed[], isChosen: boolean): void {
    const urls = feeds.map(feed => feed.url)
    this.chosen = toggled(this.chosen, urls, isChosen)
  }

  chooseOnly(feeds: CatalogueFeed[]): void {
    this.chosen = new Set(feeds.map(feed => feed.url))
  }

  clear(): void {
    this.chosen = new Set()
  }
}
