/** Threads that fetch leave the processor to those that answer windows. */
import { readlinkSync } from 'node:fs'
import { setPriority } from 'node:os'
import { basename } from 'node:path'

/** Adds `steps` to the nice value of the calling thread. Linux only: other systems have it per process. */
export function lowerThreadPriority(steps: number): void {
  if (process.platform !== 'linux') return
  try {
    setPriority(Number(basename(readlinkSync('/proc/thread-self'))), steps)
  } catch {
    // Where the system does not allow it, the priority stays as it was.
  }
}
