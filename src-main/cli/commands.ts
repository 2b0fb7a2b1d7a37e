/** The commands of `broadsheet`. Each is loaded by itself: `parse` needs no engine, `list` no worker pool. */
import type { EngineClient } from '../api/contract/rpc.ts'
import type { ReadResource } from './archive.ts'
import type { Command } from './base/command.ts'

/** Each answers the exit code. */
type EngineRunner = (engine: EngineClient, command: Command, resource: ReadResource) => Promise<number>
type Runner = (command: Command) => Promise<number>

export type Declaration = {
  /** The least and the most words after its name. */
  words: readonly [number, number]
  /** What is missing where there are fewer. */
  wanted?: string
} & ({ onEngine: () => Promise<EngineRunner> } | { alone: () => Promise<Runner> })

const many = Number.POSITIVE_INFINITY
/** Words that are numbers. */
export const ids = ['the ID of a feed', 'the ID of an article']
const [feedId, articleId] = ids

const declarations: Record<string, Declaration> = {
  add: { words: [1, many], wanted: 'an address', onEngine: async () => (await import('./feeds.ts')).addFeeds },
  refresh: { words: [0, 0], onEngine: async () => (await import('./refresh.ts')).refresh },
  feeds: { words: [0, 0], onEngine: async () => (await import('./feeds.ts')).listFeeds },
  remove: { words: [1, many], wanted: feedId, onEngine: async () => (await import('./feeds.ts')).removeFeeds },
  import: { words: [1, 1], wanted: 'a file', onEngine: async () => (await import('./opml.ts')).importList },
  export: { words: [0, 0], onEngine: async () => (await import('./opml.ts')).exportList },
  mail: { words: [1, many], wanted: 'a file', onEngine: async () => (await import('./mail.ts')).importMail },
  list: { words: [0, 0], onEngine: async () => (await import('./articles.ts')).listArticles },
  read: { words: [1, many], wanted: articleId, onEngine: async () => (await import('./articles.ts')).readArticles },
  save: {
    words: [1, many],
    wanted: 'the ID of an article, or an address',
    onEngine: async () => (await import('./articles.ts')).save,
  },
  unsave: { words: [1, many], wanted: articleId, onEngine: async () => (await import('./articles.ts')).unsave },
  'export-article': {
    words: [1, 1],
    wanted: articleId,
    onEngine: async () => (await import('./archive.ts')).exportArticle,
  },
  'export-articles': {
    words: [0, many],
    onEngine: async () => (await import('./archive.ts')).exportBook,
  },
  search: {
    words: [1, many],
    wanted: 'what to search for',
    onEngine: async () => (await import('./articles.ts')).searchArticles,
  },
  digest: { words: [0, 0], onEngine: async () => (await import('./digest.ts')).printDigest },
  // These start no engine, or one in their own way.
  backup: { words: [0, 1], alone: async () => (await import('./backups.ts')).backUp },
  restore: { words: [1, 1], wanted: 'a backup', alone: async () => (await import('./backups.ts')).restore },
  parse: {
    words: [1, 1],
    wanted: 'a file',
    alone: async () => (await import('./on-files.ts')).readDocuments,
  },
  extract: {
    words: [1, 1],
    wanted: 'a file',
    alone: async () => (await import('./on-files.ts')).readDocuments,
  },
  stories: {
    words: [1, 1],
    wanted: 'a file',
    alone: async () => (await import('./on-files.ts')).groupIntoStories,
  },
  serve: { words: [0, 0], alone: async () => (await import('./serve-web.ts')).serve },
}
/** By name. */
export const commands = new Map(Object.entries(declarations))

/** Runs a command on an engine that is running already. */
export async function runOnEngine(engine: EngineClient, command: Command, resource: ReadResource): Promise<number> {
  const declared = commands.get(command.name)
  if (!declared || !('onEngine' in declared)) throw new Error(`${command.name} takes no engine`)
  const run = await declared.onEngine()
  return await run(engine, command, resource)
}

export async function runCommand(command: Command): Promise<number> {
  const declared = commands.get(command.name)
  if (declared && 'alone' in declared) {
    const run = await declared.alone()
    return await run(command)
  }
  const { withEngine } = await import('./with-engine.ts')
  return await withEngine(command, runOnEngine)
}
