/** Puts the journal between the engine's commands and their answers. */
import type { Input, Name } from '../../api/contract.ts'
import type { Journal } from '../../safety/journal/journal.ts'
import type { AnyHandlers } from '../context/handlers.ts'

/** Commands after which feeds, their places or how they are asked may be others. What is done to articles: engine/commands/articles.ts. */
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
    if (onSources.has(name)) {
      const command = remembering(handler, journal)
      return [name, (input, window) => after(command(input, window), () => journal.sourcesChanged())]
    }
    // It says itself whether it brought feeds back.
    if (name === 'undo') return [name, remembering(handler, journal)]
    if (name !== 'changeSettings') return [name, handler]
    const tell = (input: never) => journal.settingsChanged(input as Input<'changeSettings'>)
    return [name, (input, window) => after(handler(input, window), () => tell(input))]
  })
  return Object.fromEntries(entries) as Handlers
}

/** What will be written is what differs from before. */
function remembering(handler: Handler, journal: Journal): Handler {
  return (input, window) => {
    journal.sourcesMayChange()
    return handler(input, window)
  }
}

/** What it throws at once it goes on throwing at once. */
function after(output: unknown, write: () => Promise<void>): Promise<unknown> {
  if (output instanceof Promise) return output.then(answer => write().then(() => answer))
  return write().then(() => output)
}
