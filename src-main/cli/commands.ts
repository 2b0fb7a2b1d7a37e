/** Finds what runs a command. Loaded one by one: `parse` needs no engine, `list` no worker pool. */
import type { EngineClient } from '../api/rpc.ts'
import type { Command, CommandName } from './arguments.ts'

/** Each answers the exit code. */
type Runner = (command: Command) => Promise<number>

const runners: Record<CommandName, () => Promise<Runner>> = {
  add: onEngine(async () => (await import('./feeds.ts')).addFeeds),
  refresh: onEngine(async () => (await import('./refresh.ts')).refresh),
  feeds: onEngine(async () => (await import('./feeds.ts')).listFeeds),
  remove: onEngine(async () => (await import('./feeds.ts')).removeFeeds),
  import: onEngine(async () => (await import('./lists.ts')).importList),
  export: onEngine(async () => (await import('./lists.ts')).exportList),
  list: onEngine(async () => (await import('./articles.ts')).listArticles),
  search: onEngine(async () => (await import('./articles.ts')).searchArticles),
  read: onEngine(async () => (await import('./articles.ts')).readArticles),
  save: onEngine(async () => (await import('./articles.ts')).saveArticles),
  unsave: onEngine(async () => (await import('./articles.ts')).saveArticles),
  parse: async () => (await import('./documents.ts')).readDocuments,
  extract: async () => (await import('./documents.ts')).readDocuments,
  serve: async () => (await import('./serve.ts')).serve,
}

export async function runCommand(command: Command): Promise<number> {
  const run = await runners[command.name]()
  return await run(command)
}

function onEngine(load: () => Promise<(engine: EngineClient, command: Command) => Promise<number>>) {
  return async (): Promise<Runner> => {
    const [{ withEngine }, run] = await Promise.all([import('./with-engine.ts'), load()])
    return command => withEngine(command, run)
  }
}
