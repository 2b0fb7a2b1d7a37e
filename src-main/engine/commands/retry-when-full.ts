/** Puts a full or failing disk between the engine's calls and their answers: room is made once, and windows are told. */
import type { Name } from '../../api/contract.ts'
import { storageCode } from '../../lib/log.ts'
import type { AnyHandlers } from '../context/handlers.ts'
import type { HealthKeeper } from '../context/health.ts'

/**
 * One transaction each, done at once when they are called: they wait for the batch that is being stored. Where one fails
 * nothing was done, and it can be asked again.
 */
export const oneTransaction: ReadonlySet<string> = new Set<string>([
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
  'dismissRecovery',
] satisfies Name[])

/** Done in slices, each of which is repeated by itself: repeated whole, what it did would have two undo records. */
const sliced = new Set<string>(['markRead', 'markViewRead', 'setSaved', 'changeFeedUrl', 'undo'] satisfies Name[])

/** What else is on the disk when it is answered, and is not asked again by us. */
const otherWrites = new Set<string>(['addFeed', 'importOpml', 'importEverything'] satisfies Name[])

type Handler = (input: never, window: object) => unknown

export function guarded<Handlers extends AnyHandlers>(handlers: Handlers, health: HealthKeeper): Handlers {
  const entries = Object.entries(handlers).map(([name, handler]): [string, Handler] => {
    const mayRepeat = oneTransaction.has(name)
    const isWrite = mayRepeat || sliced.has(name) || otherWrites.has(name)
    return [name, (input, window) => watch(() => handler(input, window), isWrite, mayRepeat)]
  })
  return Object.fromEntries(entries) as Handlers

  function watch(act: () => unknown, isWrite: boolean, mayRepeat: boolean): unknown {
    const worked = (output: unknown) => {
      if (isWrite) health.storageWorked()
      return output
    }
    const failed = (error: unknown) => {
      if (!hasMadeRoom(health, error) || !mayRepeat) throw error
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

/** Does one transaction, and once more where that failed and room was made for it. */
export function withRoom<Result>(health: HealthKeeper, act: () => Result): Result {
  try {
    return act()
  } catch (error) {
    if (!hasMadeRoom(health, error)) throw error
    return act()
  }
}

function hasMadeRoom(health: HealthKeeper, error: unknown): boolean {
  const code = storageCode(error)
  return code !== '' && health.storageFailed(code)
}
