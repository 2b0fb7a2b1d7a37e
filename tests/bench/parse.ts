/**
 * How fast feeds are read: our whole way from bytes to the neutral form (decode, parse, normalise) beside rss-parser's
 * own parseString on the same text, in one process, turn by turn, medians. Both make the whole feed; rss-parser also
 * makes its `contentSnippet`, which can't be switched off.
 */
import Parser from 'rss-parser'
import { decode } from '../../src-main/feeds/formats/decode.ts'
import { parseFeed } from '../../src-main/feeds/formats/parse.ts'
import { atomFeed, podcastFeed, rdfFeed, rssFeed } from './lib-parse-feeds.ts'

const url = 'https://news.example/feeds/all.xml'
const contentType = 'application/xml; charset=utf-8'

type Line = { name: string; megabytes: number; items: number; ours: number; theirs: number }

/** `--rounds N` (15). Prints a Markdown table. */
export async function run(args: string[] = []): Promise<void> {
  const at = args.indexOf('--rounds')
  const rounds = at < 0 ? 15 : Math.max(3, Number(args[at + 1]) || 15)
  const feeds = [
    { name: 'RSS 2.0, weblog, full text', text: rssFeed(300) },
    { name: 'RSS 2.0, podcast', text: podcastFeed(800) },
    { name: 'Atom 1.0, half HTML, half XHTML', text: atomFeed(300) },
    { name: 'RSS 1.0, summaries', text: rdfFeed(1000) },
  ]
  const lines: Line[] = []
  for (const { name, text } of feeds) lines.push(await compare(name, text, rounds))
  print(lines, rounds)
}

async function compare(name: string, text: string, rounds: number): Promise<Line> {
  const bytes = new TextEncoder().encode(text)
  const ours: number[] = []
  const theirs: number[] = []
  let items = 0
  for (let round = 0; round < rounds + 2; round++) {
    const [our, count] = timeOurs(bytes)
    const their = await timeTheirs(text)
    items = count
    // The first two rounds warm the compiler up.
    if (round < 2) continue
    ours.push(our)
    theirs.push(their)
  }
  return { name, megabytes: bytes.length / 1e6, items, ours: median(ours), theirs: median(theirs) }
}

function timeOurs(bytes: Uint8Array): [number, number] {
  const start = performance.now()
  const decoded = decode(bytes, contentType)
  if (!decoded.ok) throw new Error('the bench made bytes that cannot be decoded')
  const parsed = parseFeed(decoded.text, { url, contentType })
  const time = performance.now() - start
  if (!parsed.ok) throw new Error('the bench made a feed that cannot be parsed')
  return [time, parsed.feed.items.length]
}

async function timeTheirs(text: string): Promise<number> {
  const start = performance.now()
  await new Parser().parseString(text)
  return performance.now() - start
}

function median(times: number[]): number {
  const sorted = times.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}

function print(lines: Line[], rounds: number): void {
  console.log(`Medians of ${rounds} rounds, turn by turn, Node ${process.versions.node}.\n`)
  console.log('| feed | size | items | rss-parser | ours | times | MB/s |')
  console.log('|---|---|---|---|---|---|---|')
  for (const { name, megabytes, items, ours, theirs } of lines) {
    const cells = [
      name,
      `${megabytes.toFixed(1)} MB`,
      items,
      `${theirs.toFixed(1)} ms`,
      `${ours.toFixed(1)} ms`,
      `**${(theirs / ours).toFixed(1)}**`,
      (megabytes / (ours / 1000)).toFixed(0),
    ]
    console.log(`| ${cells.join(' | ')} |`)
  }
}

if (import.meta.main) await run(process.argv.slice(2))
