/** Resolves after so many ms. What waits takes this as an argument, so that a test has a time of its own. */
export function wait(ms: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, ms))
}
