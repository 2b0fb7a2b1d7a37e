/** Following a feed from what the user typed: search, choose where there are several, add. */

import type { Output } from '../../src-main/api/contract/contract.ts'
import type { EngineClient } from '../../src-main/api/contract/rpc.ts'
import type { EngineErrorCode } from '../../src-main/api/errors.ts'
import type { Credentials, Failure, FoundFeed, MissingPage } from '../../src-main/api/model.ts'
import type { CatalogueFeed } from '../../src-main/api/names/catalogue.ts'
import { readAddress } from '../../src-main/api/names/typed-address.ts'
import { namedPlaces } from '../../src-main/api/names/typed-names.ts'
import { problemOf } from '../lib/problem.ts'
import { LatestOnly } from '../lib/requests.ts'
import { toggled } from '../lib/toggled.ts'

export type AddFeedStep =
  /** `isOfPage`: what failed was to save the page. */
  | { kind: 'typing'; failure: Failure | null; isOfPage?: true }
  | { kind: 'searching' }
  | { kind: 'already-there'; feedId: number; title: string }
  | { kind: 'choosing'; feeds: FoundFeed[] }
  | { kind: 'adding'; feeds: FoundFeed[] }
  | { kind: 'saving' }

/** An existing folder, one to be created, or none. */
export type FolderChoice = { kind: 'none' } | { kind: 'existing'; folderId: number } | { kind: 'new'; title: string }

export type Followed = { feedId: number; title: string; newArticles: number }

/** `undoId` is null where the page was saved already; `missing`: the first of its pages that it is kept without. */
export type SavedPage = { articleId: number; undoId: number | null; missing?: MissingPage }

type Engine = Pick<EngineClient, 'discover' | 'addFeed' | 'createFolder' | 'savePage'>

/**
 * One visit to the 'Add a feed' form. `ondid` is called as soon as feeds were added, with the ids that undo it; `onfollowed`
 * once the form has nothing more to show about them.
 */
export class AddFeed {
  address = $state('')
  folder = $state.raw<FolderChoice>({ kind: 'none' })
  step = $state.raw<AddFeedStep>({ kind: 'typing', failure: null })
  chosen = $state.raw<ReadonlySet<string>>(new Set())
  failures = $state.raw<ReadonlyMap<string, Failure>>(new Map())
  /** What the engine refused. */
  problem = $state<EngineErrorCode | null>(null)
  readonly isBusy = $derived(['searching', 'adding', 'saving'].includes(this.step.kind))
  /** The feeds found at the address, where there are several to choose from. */
  readonly offered = $derived(this.#offered())
  /** Nothing was found and nothing is being looked for: what is typed may be a name. */
  readonly isNaming = $derived(
    this.offered.length === 0 && this.step.kind !== 'searching' && this.step.kind !== 'saving',
  )
  /** What is typed may be the address of a page. */
  readonly isPage = $derived(isPageAddress(this.address))
  userName = $state('')
  password = $state('')
  /** A server asked for credentials: the form shows the two fields. */
  asksWho = $state(false)
  /** The server refused the credentials given. */
  isUnknown = $state(false)
  readonly #engine: Engine
  readonly #onfollowed: (followed: Followed[]) => void
  readonly #ondid: (followed: Followed[], undoIds: number[]) => void
  /** A folder may have been created although no feed could be followed. */
  #undoIds: number[] = []
  /** The hosts that asked for credentials: no other gets them. */
  readonly #askingHosts = new Set<string>()
  /** The address in the user's own network that the user has allowed. */
  #wanted = ''
  readonly #searches = new LatestOnly()

  constructor(
    engine: Engine,
    onfollowed: (followed: Followed[]) => void,
    ondid: (followed: Followed[], undoIds: number[]) => void = () => {},
  ) {
    this.#engine = engine
    this.#onfollowed = onfollowed
    this.#ondid = ondid
  }

  #offered(): FoundFeed[] {
    const { step } = this
    if (step.kind === 'choosing') return step.feeds
    return step.kind === 'adding' && step.feeds.length > 1 ? step.feeds : []
  }

  async search(): Promise<void> {
    const address = this.address.trim()
    if (address === '') return
    const isLatest = this.#searches.begin()
    this.step = { kind: 'searching' }
    this.failures = new Map()
    this.problem = null
    await this.#trying(isLatest, async () => {
      const answer = await this.#engine.discover({ address, ...this.#credentialsFor(address), ...this.#allowed() })
      if (!isLatest()) return
      if (answer.kind === 'failed') this.#fail(address, answer.failure)
      else await this.#offer(answer.feeds)
    })
  }

  /** Runs calls to the engine; a refusal leads back to the form with what was typed. */
  async #trying(isLatest: () => boolean, work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      const problem = problemOf(error)
      if (!isLatest()) return
      this.problem = problem
      this.step = { kind: 'typing', failure: null }
    }
  }

  /** Back to the form with what was typed. */
  cancel(): void {
    this.#searches.cancel()
    this.step = { kind: 'typing', failure: null }
  }

  #fail(address: string, failure: Failure): void {
    this.#noteAsking(address, failure)
    this.step = { kind: 'typing', failure }
  }

  #noteAsking(address: string, failure: Failure): void {
    if (!isAskingWho(failure)) return
    this.isUnknown = this.#credentialsFor(address).credentials !== undefined
    this.asksWho = true
    this.#askingHosts.add(hostOf(address))
  }

  #credentialsFor(address: string): { credentials?: Credentials } {
    const { userName, password } = this
    if (!this.asksWho || (userName === '' && password === '') || !this.#askingHosts.has(hostOf(address))) return {}
    return { credentials: { userName, password } }
  }

  /** Call at every change of the address: a failure and a password belong to the address before it. */
  typed(): void {
    this.problem = null
    this.asksWho = false
    this.isUnknown = false
    this.#askingHosts.clear()
    if (this.step.kind === 'typing' && this.step.failure === null) return
    this.cancel()
  }

  /** Searches again, although the address is in the user's own network. */
  async allowPrivate(): Promise<void> {
    this.permit()
    await this.search()
  }

  /** The user knows that this address is in their own network, and wants what is there. */
  permit(): void {
    this.#wanted = this.address.trim()
  }

  /** Permission holds only for the address it was given for. */
  #allowed(): { allowPrivate?: true } {
    return this.#wanted !== '' && this.#wanted === this.address.trim() ? { allowPrivate: true } : {}
  }

  /** Saves the page at the address, instead of following a feed. Null where it can't be, or the form was left meanwhile. */
  async savePage(): Promise<SavedPage | null> {
    const url = this.address.trim()
    const isLatest = this.#searches.begin()
    this.step = { kind: 'saving' }
    this.failures = new Map()
    this.problem = null
    let saved: SavedPage | null = null
    await this.#trying(isLatest, async () => {
      const answer = await this.#engine.savePage({ url, ...this.#allowed() })
      if (answer.kind !== 'failed') saved = { undoId: null, ...answer }
      else if (isLatest()) this.step = { kind: 'typing', failure: answer.failure, isOfPage: true }
    })
    return saved
  }

  toggle(url: string, isChosen: boolean): void {
    this.chosen = toggled(this.chosen, [url], isChosen)
  }

  async followChosen(): Promise<void> {
    if (this.step.kind !== 'choosing') return
    const { feeds } = this.step
    const wanted = feeds.filter(feed => this.chosen.has(feed.url))
    await this.#trying(this.#searches.current(), () => this.#follow(feeds, wanted))
  }

  /** Follows feeds of the catalogue, under their titles there. `failures` then has those that could not be followed. */
  async followNamed(feeds: CatalogueFeed[]): Promise<void> {
    const isLatest = this.#searches.begin()
    this.failures = new Map()
    this.problem = null
    await this.#trying(isLatest, async () => {
      this.step = { kind: 'adding', feeds: [] }
      const isDone = await this.#add(feeds, feed => feed.title)
      if (!isDone) this.step = { kind: 'typing', failure: null }
    })
  }

  /** Shows a result that needed no request. */
  say(step: AddFeedStep): void {
    this.cancel()
    this.step = step
  }

  async #offer(feeds: FoundFeed[]): Promise<void> {
    const [first] = feeds
    if (!first) {
      this.step = { kind: 'typing', failure: { reason: 'not-a-feed', found: [] } }
      return
    }
    if (feeds.length > 1) {
      const fresh = feeds.filter(feed => feed.subscribedId === null).map(feed => feed.url)
      this.chosen = new Set(fresh.slice(0, 1))
      this.step = { kind: 'choosing', feeds }
      return
    }
    if (first.subscribedId !== null) {
      this.step = { kind: 'already-there', feedId: first.subscribedId, title: first.title }
      return
    }
    // With a single feed there is nothing to choose.
    await this.#follow(feeds, feeds)
  }

  async #follow(offered: FoundFeed[], wanted: FoundFeed[]): Promise<void> {
    this.step = { kind: 'adding', feeds: offered }
    if (await this.#add(wanted, () => undefined)) return
    const [firstFailure = null] = this.failures.values()
    this.chosen = new Set(this.failures.keys())
    this.step = offered.length === 1 ? { kind: 'typing', failure: firstFailure } : { kind: 'choosing', feeds: offered }
  }

  /** Answers true where all were followed, or the form was left meanwhile. `titleOf` gives the user's own title. */
  async #add<Wanted extends { url: string; title: string }>(
    wanted: Wanted[],
    titleOf: (feed: Wanted) => string | undefined,
  ): Promise<boolean> {
    const isLatest = this.#searches.current()
    const folderId = await this.#folderId()
    const answers = new Map<Wanted, Output<'addFeed'>>()
    await eachOf(wanted, async feed => {
      const input = {
        url: feed.url,
        title: titleOf(feed),
        folderId,
        ...this.#credentialsFor(feed.url),
        ...this.#allowed(),
      }
      const answer = await this.#engine.addFeed(input)
      if (answer.kind === 'added') this.#undoIds.push(answer.undoId)
      answers.set(feed, answer)
    })
    const followed: Followed[] = []
    const failures = new Map<string, Failure>()
    for (const feed of wanted) {
      const answer = answers.get(feed)!
      if (answer.kind === 'failed') {
        failures.set(feed.url, answer.failure)
        this.#noteAsking(feed.url, answer.failure)
      } else if (answer.kind === 'added') {
        followed.push({ feedId: answer.feed.id, title: answer.feed.title, newArticles: answer.newArticles })
      } else followed.push({ feedId: answer.feedId, title: feed.title, newArticles: 0 })
    }
    if (followed.length > 0) {
      this.#ondid(followed, this.#undoIds)
      this.#undoIds = []
    }
    if (failures.size === 0 || !isLatest()) {
      if (followed.length > 0) this.#onfollowed(followed)
      return true
    }
    this.failures = failures
    return false
  }

  async #folderId(): Promise<number | null> {
    if (this.folder.kind === 'existing') return this.folder.folderId
    if (this.folder.kind === 'none' || this.folder.title.trim() === '') return null
    const { folderId, undoId } = await this.#engine.createFolder({ title: this.folder.title.trim() })
    if (undoId !== null) this.#undoIds.push(undoId)
    // A second try, after a failure, must not create the folder again.
    this.folder = { kind: 'existing', folderId }
    return folderId
  }
}

/** Runs six at a time, in order: many may be ticked at once. */
async function eachOf<T>(items: T[], act: (item: T) => Promise<void>): Promise<void> {
  const waiting = items.values()
  const work = async () => {
    for (const item of waiting) await act(item)
  }
  await Promise.all(Array.from({ length: 6 }, work))
}

/** Whether a server asks for credentials (RFC 9110, 15.5.2). */
export function isAskingWho(failure: Failure | null): boolean {
  return failure?.reason === 'http' && failure.status === 401
}

function isPageAddress(typed: string): boolean {
  return readAddress(typed) !== null && !namedPlaces(typed).some(({ isGuess }) => !isGuess)
}

/** The host of an address, without 'www.': sites redirect from one to the other. */
function hostOf(address: string): string {
  const url = URL.parse(/^[a-z][a-z\d+.-]*:\/\//i.test(address) ? address : `https://${address}`)
  return url?.host.replace(/^www\./, '') ?? address
}
