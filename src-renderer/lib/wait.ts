/** Resolves after so many ms. What waits takes this as an argument, so that a test has a time of its own. */
export function wait(ms: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, ms))
}

/** Resolves when the page has nothing else to do. Safari has no idle callbacks. */
export function idle(): Promise<void> {
  return new Promise(resolve => {
    if ('requestIdleCallback' in globalThis) requestIdleCallback(() => resolve())
    else setTimeout(resolve, 200)
  })
}
