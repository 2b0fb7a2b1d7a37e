/** Finds what runs a command. Loaded one by one: `parse` needs no engine, `list` no worker pool. */
import type { EngineClient } from '../api/rpc.ts'
import type { ReadResource } from './archive.ts'
import type { Command } from './arguments.ts'

/** Each answers the exit code. */
type EngineRunner = (engine: EngineClient, command: Command, resource: ReadResource) => Promise<number>
type Runner = (command: Command) => Promise<number>

const onEngine: { [name: string]: () => Promise<EngineRunner> } = {
  add: async () => (await import('./feeds.ts')).addFeeds,
  refresh: async () => (await import('./refresh.ts')).refresh,
  feeds: async () => (await import('./feeds.ts')).listFeeds,
  remove: async () => (await import('./feeds.ts')).removeFeeds,
  import: async () => (await import('./opml.ts')).importList,
  export: async () => (await import('./opml.ts')).exportList,
  list: async () => (await import('./articles.ts')).listArticles,
  search: async () => (await import('./articles.ts')).searchArticles,
  read: async () => (await import('./articles.ts')).readArticles,
  save: async () => (await import('./articles.ts')).saveArticles,
  unsave: async () => (await import('./articles.ts')).saveArticles,
}

const alone: { [name: string]: () => Promise<Runner> } = {
  backup: async () => (await import('./backups.ts')).backUp,
  restore: async () => (await import('./backups.ts')).restore,
  parse: async () => (await import('./parse-and-extract.ts')).readDocuments,
  extract: async () => (await import('./parse-and-extract.ts')).readDocuments,
  serve: async () => (await import('./serve-web.ts')).serve,
}

/** Runs a command that asks an engine, on an engine that is there. */
export async function runOnEngine(engine: EngineClient, command: Command, resource: ReadResource): Promise<number> {
  const run = await onEngine[command.name]?.()
  if (!run) throw new Error(`nothing runs ${command.name}`)
  return await run(engine, command, resource)
}

export async function runCommand(command: Command): Promise<number> {
  const run = await alone[command.name]?.()
  if (run) return await run(command)
  const { withEngine } = await import('./with-engine.ts')
  return await withEngine(command, runOnEngine)
}
