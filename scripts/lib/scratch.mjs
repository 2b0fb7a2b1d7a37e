/** Where tests keep their data folders: in memory where there is room. */
import { mkdtempSync, readFileSync, rmSync, statfsSync } from 'node:fs'

const memory = '/dev/shm'
/** Several times what was seen in use. A container has 64 MB there by default. */
const roomNeeded = 4 * 1024 ** 3

/**
 * Makes a folder for the TMPDIR of tests, which goes as this program ends; null where there is no room in memory, or the user
 * says where temporary files go. Each test makes a library of its own, and the database waits some 40 times for the disk till it
 * is there. Nothing that is tested depends on what a disk does when the power fails.
 */
export function scratchFolder() {
  if (process.env.TMPDIR || !hasRoom()) return null
  const folder = mkdtempSync(`${memory}/broadsheet-tests-`)
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1))
  return folder
}

function hasRoom() {
  try {
    const options = readFileSync('/proc/mounts', 'utf8')
      .split('\n')
      .map(line => line.split(' '))
      .find(([, at]) => at === memory)?.[3]
    const { bavail, bsize } = statfsSync(memory)
    // Tests run programs from their folders.
    return options !== undefined && !options.split(',').includes('noexec') && bavail * bsize >= roomNeeded
  } catch {
    return false
  }
}
