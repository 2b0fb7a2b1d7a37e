/** `run` comes `ms` after the first of many calls, once for all of them. */
export function throttled(ms: number, run: () => void): () => void {
  let isComing = false
  return () => {
    if (isComing) return
    isComing = true
    setTimeout(() => {
      isComing = false
      run()
    }, ms).unref()
  }
}
