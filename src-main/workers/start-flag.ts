/** A flag shared by a worker and the pool, set by the worker that starts a prefetched task or the pool that takes it back. */

export type StartFlag = Int32Array<SharedArrayBuffer>

export function createStartFlag(): StartFlag {
  return new Int32Array(new SharedArrayBuffer(4))
}

/** Sets the flag, and has the task with it; false where the other side was first. */
export function acquire(flag: StartFlag): boolean {
  return Atomics.exchange(flag, 0, 1) === 0
}
