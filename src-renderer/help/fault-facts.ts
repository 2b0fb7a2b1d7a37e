/** What a report of a fault says of the program and the computer: versions, states and counts. */
import { version } from '../../package.json'
import type { HostOutputs } from '../../src-main/api/host/calls.ts'
import type { Failure, Feed } from '../../src-main/api/model.ts'
import type { DiskUsage, Health } from '../../src-main/api/storage-model.ts'
import { words as helpWords } from '../messages/desktop/help.ts'
import { words as desktopWords } from '../messages/desktop/settings.ts'

export type Fact = { name: string; value: string }

/** What is known of the page without asking anyone. */
export type PageFacts = { userAgent: string; language: string; width: number; height: number; scale: number }

type Known = {
  /** Null in a browser. */
  runtime: HostOutputs['runtime'] | null
  page: PageFacts
  feeds: readonly Feed[]
  folders: number
  health: Health
  /** Null while it is measured. */
  usage: DiskUsage | null | 'failed'
}

const words = helpWords.fault

/** Never an address, a title or a name: what is here may be read by everyone. */
export function faultFacts({ runtime, page, feeds, folders, health, usage }: Known): Fact[] {
  const { names } = words
  const paused = feeds.filter(feed => feed.paused !== null).length
  return [
    { name: names.version, value: version },
    ...(runtime
      ? [
          { name: names.runsOn, value: desktopWords.runtime(runtime) },
          { name: names.system, value: runtime.system },
        ]
      : [{ name: names.browser, value: page.userAgent }]),
    { name: names.window, value: words.windowSize(page.width, page.height, page.scale) },
    { name: names.language, value: page.language },
    { name: names.feeds, value: words.feedCount(feeds.length, folders, paused) },
    { name: names.troubles, value: troubles(feeds) },
    { name: names.library, value: libraryText(usage) },
    { name: names.storage, value: words.storageIs[health.storage] + (health.isSafeMode ? `, ${words.safeMode}` : '') },
  ]
}

export function asText(facts: readonly Fact[]): string {
  return facts.map(({ name, value }) => `${name}: ${value}`).join('\n')
}

function libraryText(usage: Known['usage']): string {
  if (usage === null) return words.measuring
  if (usage === 'failed') return words.notCounted
  return words.librarySize(usage.articles, usage.saved, usage.databaseBytes)
}

/** The codes of their reasons, the most frequent one first: '3 × timeout, 1 × http 404'. */
function troubles(feeds: readonly Feed[]): string {
  const codes = feeds.flatMap(({ failure }) => (failure ? [codeOf(failure)] : []))
  const byCode = [...Map.groupBy(codes, code => code)].toSorted(([, one], [, other]) => other.length - one.length)
  return byCode.map(([code, all]) => words.trouble(code, all.length)).join(', ') || words.none
}

function codeOf(failure: Failure): string {
  return 'status' in failure ? `${failure.reason} ${failure.status}` : failure.reason
}
