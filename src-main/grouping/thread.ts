/**
 * The first file of the thread that groups articles into stories, beside the one that answers and the one that stores: comparing
 * a thousand headlines with those of five days is 100 ms of work.
 */
import { setImmediate as pause } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'
import { emitterTo, serve } from '../api/contract/rpc.ts'
import { portOfNodePort } from '../api/ports.ts'
import { createLog, failureOf } from '../lib/log.ts'
import { databaseFile } from '../safety/data-files.ts'
import { openDatabase } from '../store/db/open.ts'
import { joinAsBatch, type WriteGate } from '../store/db/write-gate.ts'
import { type LanguageOf, loadLanguages } from '../stories/words/language.ts'
import { lowerThreadPriority } from '../workers/limits.ts'
import { createCopyFinder } from './copies.ts'
import { createGrouper } from './group.ts'
import type { GroupingEvents, GroupingThread } from './protocol.ts'

const { dataDir, writeGate } = workerData as { dataDir: string; writeGate: WriteGate }
if (!parentPort) throw new Error('this is a thread of the engine')
const thread = parentPort
const port = portOfNodePort(thread)

// What is shown of stories may come late: clicks, polls and batches go first.
lowerThreadPriority(10)
const log = createLog(line => process.stderr.write(line), Date.now)
// What is stored here can be found again.
const db = openDatabase(databaseFile(dataDir), 'NORMAL')
const emit = emitterTo<GroupingEvents>(port)
joinAsBatch(db, writeGate, false, () => emit('stored', {}))
db.pragma('cache_size = -4000')
const grouper = createGrouper(db, Date.now)
const copies = createCopyFinder(db, Date.now)

let languageOf: LanguageOf | null = null
let isEnding = false
let running: Promise<void> = Promise.resolve()

/** Only those among which copies have been looked for: what came meanwhile would count as a source that it is not. */
async function groupAll(until: number): Promise<void> {
  while (!isEnding) {
    const { articleIds, isMore, lacksLanguages } = grouper.step(languageOf, until)
    if (lacksLanguages) languageOf = await loadLanguages()
    if (articleIds.length > 0) emit('grouped', { articleIds })
    if (!isMore) return
    await pause()
  }
}

/** Answers up to which id it has looked. */
async function findCopies(): Promise<number> {
  let isAnyFound = false
  let upTo = 0
  for (let isMore = true; isMore && !isEnding; await pause()) {
    const step = copies.step()
    isMore = step.isMore
    isAnyFound ||= step.isAnyFound
    upTo = step.upTo
  }
  if (isAnyFound) emit('copies-found', {})
  return upTo
}

const handlers: GroupingThread = {
  async group() {
    running = findCopies().then(groupAll)
    await running
    return { known: grouper.known() }
  },
  async shutDown() {
    isEnding = true
    await running.catch(() => undefined)
    db.close()
    // The thread ends once the answer to this call is sent.
    thread.unref()
  },
}

serve(port, handlers, failureOf(log))
