/** One call from the question to the answer: what holds for all of them, in the order in which it is done. */
import { type Command, calls, type Query } from '../api/contract/calls.ts'
import type { Input, Name } from '../api/contract/contract.ts'
import { storageCode } from '../lib/disk-fault.ts'
import { type Log, timed } from '../lib/log.ts'
import type { Journal } from '../safety/journal/journal.ts'
import type { WriteDb } from '../store/db/open.ts'
import { asInteractive } from '../store/db/write-gate.ts'
import type { DiskHealth } from './context/health.ts'

/** `input` has been checked, `window` stands for the window that asks. Throws what the call throws, after the windows know of a disk that failed. */
export type RunCall = (name: Name, input: never, window: object) => Promise<unknown>

type AnyHandlers = { [N in Name]: (input: never, window: object) => unknown }

export type CallParts = { db: WriteDb; journal: Journal; health: DiskHealth; handlers: AnyHandlers; log: Log }

export function createRunCall({ db, journal, health, handlers, log }: CallParts): RunCall {
  return async (name, input, window) => {
    const { touches, transaction } = declared(name)
    const isOne = transaction === 'one'
    const act = () => handlers[name](input, window)
    try {
      // The journal gets what differs from before.
      if (touches === 'sources' || touches === 'anything') journal.sourcesMayChange()
      const output = await timed(log, `call: ${name}`, () =>
        asInteractive(db, isOne, () => (isOne ? retryWhenDiskFull(health, act) : act())),
      )
      if (touches === 'sources') await journal.sourcesChanged()
      if (touches === 'settings') await journal.settingsChanged(input as Input<'changeSettings'>)
      if (transaction !== 'none') health.storageWorked()
      return output
    } catch (error) {
      if (transaction === 'none') health.queryFailed(storageCode(error))
      else health.storageFailed(storageCode(error))
      throw error
    }
  }
}

function declared(name: Name): Pick<Command<Name>, 'touches' | 'transaction'> {
  const call: Query | Command<Name> = calls[name]
  return call.kind === 'command' ? call : { touches: null, transaction: 'none' }
}

/** Does one transaction, and repeats it where the disk was full and the reserve was given up for it. */
export function retryWhenDiskFull<Result>(health: DiskHealth, act: () => Result): Result {
  try {
    return act()
  } catch (error) {
    if (!health.storageFailed(storageCode(error))) throw error
    return act()
  }
}
