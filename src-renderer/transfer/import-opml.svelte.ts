/** Importing an OPML file: preview, selection, import, and the outcome of each row. */

import type { EngineClient } from '../../src-main/api/contract/rpc.ts'
import type { EngineErrorCode } from '../../src-main/api/errors.ts'
import type { Failure, ImportedRow, OpmlProblem, OpmlRow } from '../../src-main/api/model.ts'
import { base64Of } from '../lib/base64.ts'
import { problemOf } from '../lib/problem.ts'
import { LatestOnly } from '../lib/requests.ts'
import { toggled } from '../lib/toggled.ts'
import { FirstFetches } from './first-fetches.svelte.ts'
import { feedsBelow, opmlTree, type PreviewFolder } from './opml-tree.ts'
import { looksPrivate } from './private-address.ts'

type ImportStep =
  | { kind: 'choosing'; failure: Failure | null }
  | { kind: 'reading' }
  | { kind: 'preview' }
  | { kind: 'importing' }
  | { kind: 'done'; rows: ImportedRow[]; undoIds: number[] }

// The limit of the contract.
const megabytesAtMost = 20

type Engine = Pick<EngineClient, 'previewOpml' | 'importOpml' | 'undo' | 'sources' | 'on'>
/** Pasted text, or a file in base64: the engine finds out its encoding. */
type Source = { text: string } | { file: string }

/** One visit to the import dialog. */
export class ImportOpml {
  step = $state.raw<ImportStep>({ kind: 'choosing', failure: null })
  rows = $state.raw<OpmlRow[]>([])
  problems = $state.raw<OpmlProblem[]>([])
  emptyFolders = $state.raw<string[][]>([])
  /** The file ends in the middle. */
  isCutOff = $state(false)
  /** Of the chosen file; null for pasted text. */
  fileName = $state<string | null>(null)
  chosen = $state.raw<ReadonlySet<number>>(new Set())
  allowPrivate = $state(false)
  /** What the engine refused. */
  problem = $state<EngineErrorCode | null>(null)
  readonly tree = $derived(opmlTree(this.rows, this.emptyFolders))
  readonly privateRows = $derived(
    new Set(this.rows.flatMap((row, index) => (row.subscribedId === null && looksPrivate(row.url) ? [index] : []))),
  )
  /** The rows to import: private addresses only with the user's permission. */
  readonly wanted = $derived([...this.chosen].filter(index => this.mayTake(index)).sort((a, b) => a - b))
  readonly takes = $derived(new Set(this.wanted))
  readonly refusedPrivate = $derived(
    this.step.kind === 'done'
      ? this.step.rows.flatMap(row => (row.failure?.reason === 'private-address' ? [row.url] : []))
      : [],
  )
  /** The first fetch of each added feed. */
  readonly fetches: FirstFetches
  readonly #engine: Engine
  #source: Source = { text: '' }
  readonly #readings = new LatestOnly()

  constructor(engine: Engine) {
    this.#engine = engine
    this.fetches = new FirstFetches(engine)
  }

  async readFile(file: Pick<File, 'name' | 'size' | 'bytes'>): Promise<void> {
    this.fileName = file.name
    if (file.size > megabytesAtMost * 1_000_000) {
      this.step = { kind: 'choosing', failure: { reason: 'too-large', megabytes: megabytesAtMost } }
      return
    }
    await this.#read({ file: base64Of(await file.bytes()) })
  }

  /** Previews pasted text. */
  async read(text: string): Promise<void> {
    this.fileName = null
    await this.#read({ text })
  }

  async #read(source: Source): Promise<void> {
    const isLatest = this.#readings.begin()
    this.#source = source
    this.step = { kind: 'reading' }
    const preview = await this.#trying({ kind: 'choosing', failure: null }, () => this.#engine.previewOpml(source))
    if (!preview || !isLatest()) return
    if (preview.kind === 'failed') {
      this.step = { kind: 'choosing', failure: preview.failure }
      return
    }
    this.rows = preview.rows
    this.problems = preview.problems
    this.emptyFolders = preview.emptyFolders
    this.isCutOff = preview.isCutOff
    this.chosen = new Set(preview.rows.flatMap((row, index) => (row.subscribedId === null ? [index] : [])))
    this.step = { kind: 'preview' }
  }

  /** Whether a row can be ticked now. */
  mayTake(index: number): boolean {
    return this.rows[index]?.subscribedId === null && (this.allowPrivate || !this.privateRows.has(index))
  }

  /** Back to choosing a file. */
  restart(): void {
    this.#readings.cancel()
    this.step = { kind: 'choosing', failure: null }
  }

  choose(indexes: number[], isChosen: boolean): void {
    this.chosen = toggled(this.chosen, indexes, isChosen)
  }

  chooseFolder(folder: PreviewFolder, isChosen: boolean): void {
    const fresh = feedsBelow(folder).filter(feed => feed.subscribedId === null)
    this.choose(
      fresh.map(feed => feed.index),
      isChosen,
    )
  }

  async import(): Promise<void> {
    await this.#import(this.wanted, this.allowPrivate)
  }

  /** Imports rows that were refused only because their host turned out to be in a private network. */
  async importRefused(): Promise<void> {
    const refused = new Set(this.refusedPrivate)
    const indexes = this.rows.flatMap((row, index) => (refused.has(row.url) ? [index] : []))
    await this.#import(indexes, true)
  }

  async #import(rows: number[], allowPrivate: boolean): Promise<void> {
    const before = this.step.kind === 'done' ? this.step : null
    this.step = { kind: 'importing' }
    const back: ImportStep = before ?? { kind: 'preview' }
    const answer = await this.#trying(back, () => this.#engine.importOpml({ ...this.#source, rows, allowPrivate }))
    if (!answer) return
    if (answer.kind === 'failed') this.step = { kind: 'choosing', failure: answer.failure }
    else {
      const now = new Map(answer.rows.map(row => [row.url, row]))
      const earlier = before?.rows.filter(row => !now.has(row.url)) ?? []
      const undoIds = [...(before?.undoIds ?? []), ...(answer.undoId === null ? [] : [answer.undoId])]
      this.step = { kind: 'done', rows: [...answer.rows, ...earlier], undoIds }
      await this.fetches.follow(answer.rows, answer.fetching > 0)
    }
  }

  /** A refusal leads to the step `back`, and is shown there. */
  async #trying<T>(back: ImportStep, work: () => Promise<T>): Promise<T | undefined> {
    this.problem = null
    try {
      return await work()
    } catch (error) {
      this.problem = problemOf(error)
      this.step = back
      return undefined
    }
  }

  /** Undoes all parts of the import; answers whether that was still possible. */
  async undo(): Promise<boolean> {
    const { step } = this
    if (step.kind !== 'done') return false
    const isUndone = await this.#trying(step, async () => {
      const answers = []
      for (const undoId of step.undoIds.toReversed()) answers.push(await this.#engine.undo({ undoId }))
      return answers.length > 0 && answers.every(answer => answer.isUndone)
    })
    return isUndone ?? false
  }
}
