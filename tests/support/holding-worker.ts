/**
 * Holds the write gate as the intake does during a long batch: until `gate` is 1 or, without that, `patience` ms after a call
 * has come. Answers what it saw meanwhile.
 */
import { parentPort, workerData } from 'node:worker_threads'
import { openDatabase } from '../../src-main/store/db/open.ts'
import { asBatch, joinAsBatch, type WriteGate } from '../../src-main/store/db/write-gate.ts'

/** `gate` is 1 when the batch is to end. */
export type Shared = { writeGate: WriteGate; gate: Int32Array<SharedArrayBuffer> }
/** `patience`: how long it goes on holding the gate after a call has come (ms). */
export type Hold = { file: string; patience: number }
/** `wasTold`: `gate` was 1; `hasChanged`: another connection wrote meanwhile. */
export type Held = { wasTold: boolean; hasChanged: boolean }

/** Where store/db/write-gate.ts counts the calls. */
const allCalls = 2

const { writeGate, gate } = workerData as Shared

parentPort?.on('message', (asked: Hold) => parentPort?.postMessage(hold(asked)))
parentPort?.postMessage('ready')

function hold({ file, patience }: Hold): Held {
  const db = openDatabase(file)
  joinAsBatch(db, writeGate, false)
  const version = () => db.pragma('data_version', { simple: true })
  try {
    return asBatch(db, () => {
      const before = version()
      const callsBefore = Atomics.load(writeGate, allCalls)
      parentPort?.postMessage('holds')
      while (Atomics.load(writeGate, allCalls) === callsBefore && Atomics.load(gate, 0) === 0)
        Atomics.wait(gate, 0, 0, 1)
      Atomics.wait(gate, 0, 0, patience)
      return { wasTold: Atomics.load(gate, 0) === 1, hasChanged: version() !== before }
    })
  } finally {
    db.close()
  }
}
