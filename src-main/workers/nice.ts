/** Who reads goes before who fetches: threads that work for later leave the processor to those that someone waits for. */
import { readlinkSync } from 'node:fs'
import { setPriority } from 'node:os'
import { basename } from 'node:path'

/**
 * Lowers the priority of the calling thread, by so many steps of `nice`. On Linux, where a thread has a number that can be
 * asked; elsewhere nothing happens, nor where the system does not allow it.
 */
export function stepBack(steps: number): void {
  if (process.platform !== 'linux') return
  try {
    setPriority(Number(basename(readlinkSync('/proc/thread-self'))), steps)
  } catch {
    // Then it takes its part as before.
  }
}
