/** Runs a command. Each is loaded by itself: `parse` needs no engine, `list` no worker pool. */
import type { EngineClient } from '../api/rpc.ts'
import type { ReadResource } from './archive.ts'
import type { Command, CommandName } from './arguments.ts'

/** Each answers the exit code. */
type EngineRunner = (engine: EngineClient, command: Command, resource: ReadResource) => Promise<number>
type Runner = (command: Command) => Promise<number>

const onEngine: Record<Exclude<CommandName, Standalone>, () => Promise<EngineRunner>> = {
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

/** These start no engine, or one in their own way. */
type Standalone = 'backup' | 'restore' | 'parse' | 'extract' | 'serve'

const standalone: Record<Standalone, () => Promise<Runner>> = {
  backup: async () => (await import('./backups.ts')).backUp,
  restore: async () => (await import('./backups.ts')).restore,
  parse: async () => (await import('./parse-and-extract.ts')).readDocuments,
  extract: async () => (await import('./parse-and-extract.ts')).readDocuments,
  serve: async () => (await import('./serve-web.ts')).serve,
}

function isStandalone(name: CommandName): name is Standalone {
  return name in standalone
}

/** Runs a command on an engine that is running already. */
export async function runOnEngine(engine: EngineClient, command: Command, resource: ReadResource): Promise<number> {
  if (isStandalone(command.name)) throw new Error(`${command.name} takes no engine`)
  const run = await onEngine[command.name]()
  return await run(engine, command, resource)
}

export async function runCommand(command: Command): Promise<number> {
  if (isStandalone(command.name)) {
    const run = await standalone[command.name]()
    return await run(command)
  }
  const { withEngine } = await import('./with-engine.ts')
  return await withEngine(command, runOnEngine)
}
