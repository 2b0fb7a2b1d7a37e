/** What a window waits while a refresh goes on: a question 20 times a second through a real engine port. */
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { connect, type EngineClient } from '../../src-main/api/contract/rpc.ts'
import { portOfNodePort } from '../../src-main/api/ports.ts'
import { startEngine } from '../../src-main/host/engine-host.ts'

/** Milliseconds each question took, by its name. */
export type Delays = { [question: string]: number[] }

const every = 50

/** Follows the list in a folder of its own, refreshes all of it, and asks meanwhile. `out`: the built program. */
export async function askWhileRefreshing(dataDir: string, out: string, opml: string): Promise<Delays> {
  const file = (name: string) => join(out, `${name}.js`)
  const files = {
    engine: file('engine'),
    intake: file('intake'),
    worker: file('worker'),
    maintenance: file('maintenance'),
    grouping: file('grouping'),
  }
  const started = await startEngine({ dataDir, isPolling: false, files })
  if (started.kind === 'unusable') throw new Error(`the engine did not start: ${started.detail}`)
  const engine = connect(portOfNodePort(started.engine.connect()))
  try {
    const imported = await engine.importOpml({ text: opml, allowPrivate: true, fetchNow: false })
    if (imported.kind === 'failed') throw new Error('the list could not be taken in')
    return await refreshAndAsk(engine)
  } finally {
    engine.close()
    await started.engine.close()
  }
}

async function refreshAndAsk(engine: EngineClient): Promise<Delays> {
  let isDone = false
  const finished = new Promise<void>(resolve => engine.on('refresh-finished', () => resolve())).then(() => {
    isDone = true
  })
  await engine.refresh({ isForced: true })
  const questions = makeQuestions(engine)
  const delays: Delays = Object.fromEntries(Object.keys(questions).map(name => [name, []]))
  const asked: Promise<void>[] = []
  for (let turn = 0; !isDone; turn++) {
    for (const [index, [name, ask]] of Object.entries(questions).entries()) {
      // Each at its own time, whether the one before has been answered or not.
      if (index === turn % 4) asked.push(timed(ask, delays[name] ?? []))
    }
    await wait(every)
  }
  await Promise.all([finished, ...asked])
  return delays
}

async function timed(ask: () => Promise<unknown>, delays: number[]): Promise<void> {
  const start = performance.now()
  await ask()
  delays.push(performance.now() - start)
}

/** What a reader does: looks at the list, at the numbers, opens an article, marks it. */
function makeQuestions(engine: EngineClient): { [name: string]: () => Promise<unknown> } {
  let shown = 0
  return {
    async headlines() {
      const { rows } = await engine.headlines({ view: { kind: 'all' }, limit: 100 })
      shown = rows[Math.floor(rows.length / 2)]?.id ?? 0
    },
    counts: () => engine.counts({}),
    article: async () => (shown === 0 ? null : await engine.article({ id: shown })),
    markRead: async () => (shown === 0 ? null : await engine.markRead({ articleIds: [shown], isRead: true })),
  }
}
