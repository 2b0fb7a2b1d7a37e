/** What threads may use: processor time in ms, and heap and buffers in MB, for each task; and their priority. */
import { readlinkSync } from 'node:fs'
import { setPriority } from 'node:os'
import { basename } from 'node:path'

/** For reading one feed or page. */
export const feedLimits = { deadlineMs: 8_000, memoryMb: 256 }
/** For drawing one SVG. A large map takes a second. */
export const drawingLimits = { deadlineMs: 3_000, memoryMb: 256 }

/**
 * What V8 may take for the objects of the threads that store and group; bodies and compressed articles are outside of it. Nothing
 * comes near the first but a file of messages (280 MB), but V8 lets a heap grow the less between two collections the less it may
 * take in all. Without the second, young objects of the thread that groups filled 128 MB before any was collected; from 12 to 6 a
 * first fetch takes 1.01 of the processor time.
 */
export const threadMemory = { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 6 }

/** Sets the nice value of the calling thread. Linux only: other systems have it per process. */
export function lowerThreadPriority(niceness: number): void {
  if (process.platform !== 'linux') return
  try {
    setPriority(Number(basename(readlinkSync('/proc/thread-self'))), niceness)
  } catch {
    // Where the system does not allow it, the priority stays as it was.
  }
}
