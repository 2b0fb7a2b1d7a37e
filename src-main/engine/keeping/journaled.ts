/** Puts the journal between the engine's commands and their answers. */
import type { Input, Name } from '../../api/contract.ts'
import type { AnyHandlers } from '../serve.ts'
import type { Journal } from './journal.ts'

/** Commands after which feeds, their places or how they are asked may be others. What is done to articles: commands-articles.ts. */
const onSources = new Set<string>([
  'addFeed',
  'importOpml',
  'renameFeed',
  'moveFeeds',
  'unsubscribe',
  'setPaused',
  'changeFeedUrl',
  'setFeedAccess',
  'setFeedRetention',
  'createFolder',
  'renameFolder',
  'moveFolder',
  'removeFolder',
  'importEverything',
] satisfies Name[])

type Handler = (input: never, window: object) => unknown

/** The same handlers; each answers once what it did is in the journal, too. */
export function journaled<Handlers extends AnyHandlers>(handlers: Handlers, journal: Journal): Handlers {
  const entries = Object.entries(handlers).map(([name, handler]): [string, Handler] => {
    if (onSources.has(name))
      return [name, (input, window) => after(handler(input, window), () => journal.sourcesChanged())]
    if (name !== 'changeSettings') return [name, handler]
    const tell = (input: never) => journal.settingsChanged(input as Input<'changeSettings'>)
    return [name, (input, window) => after(handler(input, window), () => tell(input))]
  })
  return Object.fromEntries(entries) as Handlers
}

/** What it throws at once it goes on throwing at once. */
function after(output: unknown, write: () => Promise<void>): Promise<unknown> {
  if (output instanceof Promise) return output.then(answer => write().then(() => answer))
  return write().then(() => output)
}
