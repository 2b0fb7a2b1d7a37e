/** Makes volumes of the text index anew that the first Broadsheets left (store/articles/index-upgrade.ts), while nothing else happens. */
import { attempt, type Log } from '../../lib/log.ts'
import { minute } from '../../lib/time.ts'
import { isUpgradeWanted, upgradeStep } from '../../store/articles/index-upgrade.ts'
import type { WriteDb } from '../../store/db/open.ts'

/** After the start, when there is more important work; and after something came in (ms). */
const firstDelay = minute
const quiet = 5_000
/** Between two steps, for the clicks that come. */
const pause = 100

export type IndexUpgrading = {
  /** Something was stored: wait until it is quiet again. */
  disturbed(): void
  close(): void
}

export function startUpgradingIndex(db: WriteDb, log: Log): IndexUpgrading {
  let isDone = false
  let hasBegun = false
  let timer = setTimeout(begin, firstDelay).unref()

  function later(delay: number): void {
    clearTimeout(timer)
    timer = setTimeout(() => void step(), delay).unref()
  }

  async function step(): Promise<void> {
    // What reads HTML is not loaded where there is nothing to do.
    const { htmlToText } = await import('../../lib/html-text.ts')
    // Where it fails it waits for the next start.
    attempt(log, 'making the index anew', () => {
      if (isDone) return
      isDone = true
      isDone = !upgradeStep(db, htmlToText)
      if (!isDone) later(pause)
    })
  }

  function begin(): void {
    hasBegun = true
    attempt(log, 'looking at the index', () => {
      isDone = !isUpgradeWanted(db)
    })
    if (!isDone) void step()
  }

  return {
    disturbed() {
      if (hasBegun && !isDone) later(quiet)
    },
    close() {
      isDone = true
      clearTimeout(timer)
    },
  }
}
