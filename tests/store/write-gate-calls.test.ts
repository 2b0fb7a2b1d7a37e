/** Which calls wait while the intake stores a batch: those that write, and no other. */
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createWriteGate, joinAsInteractive } from '../../src-main/store/db/write-gate.ts'
import { call, everyCall, type Library, makeLibrary } from '../support/commands-table.ts'
import type { Held, Shared } from '../support/holding-worker.ts'

/** So long (ms) a batch goes on after a call that has to wait for it. */
const whileItWaits = 60
/** A call that need not wait ends the batch; one that waits all the same would else wait for ever. */
const atMost = 12_000

const shared: Shared = { writeGate: createWriteGate(), gate: new Int32Array(new SharedArrayBuffer(4)) }
let worker: Worker

beforeAll(async () => {
  worker = new Worker(new URL('../support/holding-worker.ts', import.meta.url), { workerData: shared })
  await once(worker, 'message')
})
afterAll(() => worker.terminate())

/** Answers when the batch has begun; `held` is what was seen of it. */
async function beginBatch({ engine }: Library, patience: number): Promise<{ held: Promise<Held> }> {
  joinAsInteractive(engine.db, shared.writeGate, Number.POSITIVE_INFINITY)
  Atomics.store(shared.gate, 0, 0)
  worker.postMessage({ file: `${engine.dir}/broadsheet.db`, patience })
  await once(worker, 'message')
  return { held: once(worker, 'message').then(([held]) => held as Held) }
}

function endBatch(): void {
  Atomics.store(shared.gate, 0, 1)
  Atomics.notify(shared.gate, 0)
}

const that = (kind: string) => everyCall.filter(one => one.kind === kind)

test.each(that('writes'))('$name is done when the batch is stored, not in its midst', async ({ name, input }) => {
  const library = makeLibrary()
  await using _ = library.engine
  const asked = await input(library)
  const { held } = await beginBatch(library, whileItWaits)

  await call(library.client, name, asked)

  expect(await held).toEqual({ wasTold: false, hasChanged: false })
})

test.each([...that('reads'), ...that('works-beside')])(
  '$name is answered while a batch is stored',
  async ({ name, input }) => {
    const library = makeLibrary()
    await using _ = library.engine
    const asked = await input(library)
    const { held } = await beginBatch(library, atMost)

    await call(library.client, name, asked)
    endBatch()

    expect(await held).toMatchObject({ wasTold: true })
  },
)
