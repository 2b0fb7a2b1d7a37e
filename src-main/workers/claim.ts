/** Who has a task that was asked for ahead: the thread that begins it, or the pool that takes it back. Whoever is first. */

export type Claim = Int32Array<SharedArrayBuffer>

/** Takes the task; false where the other has. */
export function take(claim: Claim): boolean {
  return Atomics.exchange(claim, 0, 1) === 0
}
