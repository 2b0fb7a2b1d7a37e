/** Parses the arguments of `broadsheet`. */
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import type { ArticleFormat, View } from '../api/model.ts'
import { mostInBook } from '../api/reading/book.ts'
import { dataFolder } from '../host/data-folders.ts'
import { day, hour } from '../lib/time.ts'
import type { Command } from './base/command.ts'
import { commands, type Declaration, ids } from './commands.ts'

type Read = Command | { kind: 'help' } | { kind: 'version' } | { kind: 'wrong'; text: string; isJson: boolean }

const options = {
  data: { type: 'string' },
  json: { type: 'boolean' },
  force: { type: 'boolean' },
  full: { type: 'boolean' },
  'allow-private': { type: 'boolean' },
  batch: { type: 'boolean' },
  opml: { type: 'string' },
  wait: { type: 'string' },
  all: { type: 'string' },
  format: { type: 'string' },
  out: { type: 'string' },
  view: { type: 'string' },
  limit: { type: 'string' },
  port: { type: 'string' },
  url: { type: 'string' },
  since: { type: 'string' },
  to: { type: 'string' },
  'content-type': { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
} as const

const system = { platform: process.platform, home: os.homedir(), env: process.env }

/** Asked wrongly, as the errors of `parseArgs`; the message is for the user. */
class Wrong extends Error {
  readonly code = 'ERR_PARSE_ARGS_WRONG'
}

export function readCommand(args: string[]): Read {
  try {
    return parse(args)
  } catch (error) {
    const isWrong = error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
    if (!isWrong) throw error
    // What Node goes on with is about '--'.
    const [first = ''] = error.message.split(/\. |\n/, 1)
    const text = /[.?]$/.test(first) ? first : `${first}.`
    return { kind: 'wrong', text: `${text} See broadsheet --help.`, isJson: args.includes('--json') }
  }
}

function parse(args: string[]): Read {
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true })
  const [name, ...words] = positionals
  if (values.help || name === 'help') return { kind: 'help' }
  if (values.version) return { kind: 'version' }
  if (name === undefined) throw new Wrong('Which command?')
  const declared = commands.get(name)
  if (!declared) throw new Wrong(`There is no command '${name}'.`)
  const isBatch = values.batch === true
  checkWords(name, declared, words, isBatch)
  const isFile = name === 'export-article' || name === 'export-articles'
  if (isFile && values.out === undefined) throw new Wrong(`${name} needs --out FILE.`)
  if (name === 'export-articles' && (values.format ?? 'epub') !== 'epub')
    throw new Wrong('export-articles writes --format epub.')
  return {
    kind: 'command',
    name,
    words,
    dataDir: path.resolve(values.data ?? dataFolder(system)),
    isJson: values.json === true,
    isForced: values.force === true,
    isFull: values.full === true,
    isPrivateAllowed: values['allow-private'] === true,
    isBatch,
    opml: values.opml ?? null,
    wait: numberOf(values.wait ?? '15', [0, 86_400], '--wait is a number of seconds'),
    all: values.all ?? null,
    format: formatOf(name, values.format),
    out: values.out ?? null,
    view: viewOf(values.view ?? 'unread'),
    limit:
      name === 'export-articles'
        ? numberOf(values.limit ?? String(mostInBook), [1, mostInBook], `--limit is 1 to ${mostInBook} here`)
        : numberOf(values.limit ?? '50', [1, 1_000_000], '--limit is a number from 1 on'),
    port: numberOf(values.port ?? '0', [0, 65_535], '--port is 0 to 65535'),
    url: values.url ?? null,
    contentType: values['content-type'] ?? null,
    since: sinceOf(values.since, Date.now()),
    to: targetOf(values.to),
  }
}

function checkWords(
  name: string,
  { words: [least, most], wanted = '' }: Declaration,
  words: string[],
  isBatch: boolean,
) {
  if (isBatch && (name === 'parse' || name === 'extract')) {
    if (words.length > 0) throw new Wrong(`${name} --batch reads its files from stdin.`)
    return
  }
  if (words.length < least) throw new Wrong(`${name} needs ${wanted}.`)
  if (words.length > most) throw new Wrong(most === 0 ? `${name} takes no more words.` : `${name} takes one at a time.`)
  if (ids.includes(wanted)) for (const word of words) numberOf(word, [1, Number.MAX_SAFE_INTEGER], 'An ID is a number')
}

const formats: Readonly<Record<string, ArticleFormat>> = { html: 'html', md: 'markdown', epub: 'epub' }

/** Of `export-article`, which needs one. */
function formatOf(name: string, text: string | undefined): ArticleFormat {
  const format = formats[text ?? (name === 'export-article' ? '' : 'html')]
  if (format) return format
  throw new Wrong(`--format is html, md or epub${text === undefined ? '' : `, not '${text}'`}.`)
}

function viewOf(text: string): View {
  const kinds = ['all', 'unread', 'saved', 'pages', 'today', 'trending'] as const
  const whole = kinds.find(kind => kind === text)
  if (whole) return { kind: whole }
  const [, kind, id] = /^(feed|folder):([1-9]\d{0,14})$/.exec(text) ?? []
  if (!kind)
    throw new Wrong(`--view is all, unread, saved, pages, today, trending, feed:ID or folder:ID, not '${text}'.`)
  return kind === 'feed' ? { kind, feedId: Number(id) } : { kind: 'folder', folderId: Number(id) }
}

/** A span before now, or a time: with no zone the user's own, a day from its midnight on. */
function sinceOf(text: string | undefined, now: number): number | null {
  if (text === undefined) return null
  const [, count, unit] = /^(\d{1,4})([hd])$/.exec(text) ?? []
  if (count) return now - Number(count) * (unit === 'd' ? day : hour)
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text)
  const time = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(isDay ? `${text}T00:00` : text) : Number.NaN
  if (time >= 0 && time <= now) return time
  throw new Wrong(`--since is a time that was (2026-11-28, 2026-11-28T07:00) or a span (24h, 7d), not '${text}'.`)
}

/** Of a digest. */
function targetOf(text: string | undefined): string | null {
  if (text === undefined || text === 'mail' || /\.(?:html|epub)$/i.test(text)) return text ?? null
  throw new Wrong(`--to is FILE.html, FILE.epub or mail, not '${text}'.`)
}

/** `rule` says which numbers are allowed. */
function numberOf(text: string, [least, most]: [number, number], rule: string): number {
  const number = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN
  if (number >= least && number <= most) return number
  throw new Wrong(`${rule}, not '${text}'.`)
}
