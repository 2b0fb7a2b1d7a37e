/** Puts a full or failing disk between the engine's calls and their answers: room is made once, and windows are told. */
import type { Name } from '../../api/contract.ts'
import { storageCode } from '../log.ts'
import type { AnyHandlers } from '../serve.ts'
import type { HealthKeeper } from './health.ts'

/** What changes something small and can be asked twice. */
const repeatable = new Set<string>([
  'markRead',
  'markViewRead',
  'setSaved',
  'renameFeed',
  'moveFeeds',
  'unsubscribe',
  'setPaused',
  'setFeedAccess',
  'setFeedRetention',
  'createFolder',
  'renameFolder',
  'moveFolder',
  'removeFolder',
  'changeSettings',
  'undo',
] satisfies Name[])

type Handler = (input: never, window: object) => unknown

export function guarded<Handlers extends AnyHandlers>(handlers: Handlers, health: HealthKeeper): Handlers {
  const entries = Object.entries(handlers).map(([name, handler]): [string, Handler] => {
    const isWrite = repeatable.has(name)
    return [name, (input, window) => watch(() => handler(input, window), isWrite)]
  })
  return Object.fromEntries(entries) as Handlers

  function watch(act: () => unknown, isWrite: boolean): unknown {
    const worked = (output: unknown) => {
      if (isWrite) health.storageWorked()
      return output
    }
    const failed = (error: unknown) => {
      const code = storageCode(error)
      const mayRepeat = code !== '' && health.storageFailed(code)
      if (!mayRepeat || !isWrite) throw error
      return act()
    }
    try {
      const output = act()
      return output instanceof Promise ? output.then(worked, failed) : worked(output)
    } catch (error) {
      return failed(error)
    }
  }
}
