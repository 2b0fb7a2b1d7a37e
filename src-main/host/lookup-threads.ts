/**
 * How many names are looked up at once. The system does that in libuv's pool of threads, half of which may be at it: two of the
 * usual four. At 20 ms for a lookup, 300 names took 4.1 s in those, and 0.5 s in half of these.
 */
export const lookupThreads = { UV_THREADPOOL_SIZE: '32' }

/**
 * For this process. Comes first: the pool is made when a thread of it is first needed, and stays as it is. Without effect on
 * Windows, where libuv reads the environment as the process was given it; Electron gives it to the engine's process.
 */
export function useLookupThreads(): void {
  process.env.UV_THREADPOOL_SIZE ??= lookupThreads.UV_THREADPOOL_SIZE
}
