/** Parses the arguments of `broadsheet`. */
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import type { View } from '../api/model.ts'
import { dataFolder } from '../host/data-folders.ts'
import { messageOf } from './output.ts'

export type Command = {
  kind: 'command'
  name: CommandName
  /** The arguments after the name: addresses, ids, files, words. */
  words: string[]
  dataDir: string
  isJson: boolean
  isForced: boolean
  isPrivateAllowed: boolean
  isBatch: boolean
  opml: string | null
  /** Seconds for which an import waits for the first fetch; with 0 it fetches nothing. */
  wait: number
  /** The file to export everything to. */
  all: string | null
  view: View
  limit: number
  port: number
  url: string | null
  contentType: string | null
}
type Read = Command | { kind: 'help' } | { kind: 'version' } | { kind: 'wrong'; text: string; isJson: boolean }

/** The least and the most arguments of each command, and what they are. */
const commands = {
  add: { words: [1, Number.POSITIVE_INFINITY], name: 'an address' },
  refresh: { words: [0, 0], name: '' },
  feeds: { words: [0, 0], name: '' },
  remove: { words: [1, Number.POSITIVE_INFINITY], name: 'the ID of a feed' },
  import: { words: [1, 1], name: 'a file' },
  export: { words: [0, 0], name: '' },
  list: { words: [0, 0], name: '' },
  read: { words: [1, Number.POSITIVE_INFINITY], name: 'the ID of an article' },
  save: { words: [1, Number.POSITIVE_INFINITY], name: 'the ID of an article' },
  unsave: { words: [1, Number.POSITIVE_INFINITY], name: 'the ID of an article' },
  search: { words: [1, Number.POSITIVE_INFINITY], name: 'what to search for' },
  backup: { words: [0, 1], name: 'a folder' },
  restore: { words: [1, 1], name: 'a backup' },
  parse: { words: [0, 1], name: 'a file' },
  extract: { words: [0, 1], name: 'a file' },
  serve: { words: [0, 0], name: '' },
} as const
export type CommandName = keyof typeof commands

const options = {
  data: { type: 'string' },
  json: { type: 'boolean' },
  force: { type: 'boolean' },
  'allow-private': { type: 'boolean' },
  batch: { type: 'boolean' },
  opml: { type: 'string' },
  wait: { type: 'string' },
  all: { type: 'string' },
  view: { type: 'string' },
  limit: { type: 'string' },
  port: { type: 'string' },
  url: { type: 'string' },
  'content-type': { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
} as const

const system = { platform: process.platform, home: os.homedir(), env: process.env }

export function readCommand(args: string[]): Read {
  const isJson = args.includes('--json')
  const wrong = (text: string): Read => ({ kind: 'wrong', text: `${text} See broadsheet --help.`, isJson })
  const parsed = parse(args)
  if (typeof parsed === 'string') return wrong(sentence(parsed))
  const { values, positionals } = parsed
  const [name, ...words] = positionals
  if (values.help || name === 'help') return { kind: 'help' }
  if (values.version) return { kind: 'version' }
  if (name === undefined) return wrong('Which command?')
  if (!isCommand(name)) return wrong(`There is no command '${name}'.`)

  const problem = wordsProblem(name, words, values.batch === true)
  if (problem) return wrong(problem)
  const view = readView(values.view ?? 'unread')
  if (!view) return wrong(`--view is all, unread, saved, today, feed:ID or folder:ID, not '${values.view}'.`)
  const limit = readNumber(values.limit ?? '50', 1, 1_000_000)
  if (limit === null) return wrong(`--limit is a number from 1 on, not '${values.limit}'.`)
  const wait = readNumber(values.wait ?? '15', 0, 86_400)
  if (wait === null) return wrong(`--wait is a number of seconds, not '${values.wait}'.`)
  const port = readNumber(values.port ?? '0', 0, 65_535)
  if (port === null) return wrong(`--port is 0 to 65535, not '${values.port}'.`)
  return {
    kind: 'command',
    name,
    words,
    dataDir: path.resolve(values.data ?? dataFolder(system)),
    isJson,
    isForced: values.force === true,
    isPrivateAllowed: values['allow-private'] === true,
    isBatch: values.batch === true,
    opml: values.opml ?? null,
    wait,
    all: values.all ?? null,
    view,
    limit,
    port,
    url: values.url ?? null,
    contentType: values['content-type'] ?? null,
  }
}

function parse(args: string[]) {
  try {
    return parseArgs({ args, options, allowPositionals: true })
  } catch (error) {
    return messageOf(error)
  }
}

function sentence(text: string): string {
  const first = text.split(/\. |\n/, 1)[0] ?? ''
  return first.endsWith('.') ? first : `${first}.`
}

function isCommand(name: string): name is CommandName {
  return Object.hasOwn(commands, name)
}

function wordsProblem(name: CommandName, words: string[], isBatch: boolean): string | null {
  const {
    words: [least, most],
    name: wanted,
  } = commands[name]
  const isFileCommand = name === 'parse' || name === 'extract'
  if (isFileCommand && isBatch) return words.length > 0 ? `${name} --batch reads its files from stdin.` : null
  if (words.length < (isFileCommand ? 1 : least)) return `${name} needs ${wanted}.`
  if (words.length > most) return most === 0 ? `${name} takes no more words.` : `${name} takes one at a time.`
  const isById = name === 'remove' || name === 'read' || name === 'save' || name === 'unsave'
  const bad = isById ? words.find(word => readNumber(word, 1, Number.MAX_SAFE_INTEGER) === null) : undefined
  return bad === undefined ? null : `An ID is a number, not '${bad}'.`
}

function readView(text: string): View | null {
  if (text === 'all' || text === 'unread' || text === 'saved' || text === 'today') return { kind: text }
  const [kind, idText = ''] = text.split(':', 2)
  const id = readNumber(idText, 1, Number.MAX_SAFE_INTEGER)
  if (id === null) return null
  if (kind === 'feed') return { kind: 'feed', feedId: id }
  return kind === 'folder' ? { kind: 'folder', folderId: id } : null
}

function readNumber(text: string, least: number, most: number): number | null {
  if (!/^\d{1,16}$/.test(text)) return null
  const number = Number(text)
  return number >= least && number <= most ? number : null
}
