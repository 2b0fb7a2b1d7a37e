/** Keeps two commands in one clone from installing or building at the same time. */
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { giveUp, root, say } from './run.mjs'

const folder = join(root, '.cache')
const patience = 15 * 60_000

/** Does the work while holding the lock of that name; waits while another process holds it. */
export async function withLock(name, work) {
  const file = join(folder, `${name}.lock`)
  mkdirSync(folder, { recursive: true })
  await acquire(file, name)
  const release = () => rmSync(file, { force: true })
  process.once('exit', release)
  try {
    return await work()
  } finally {
    process.off('exit', release)
    release()
  }
}

async function acquire(file, name) {
  const start = Date.now()
  let hasSaid = false
  while (!tryLock(file)) {
    const holder = holderOf(file)
    if (holder === null) continue
    if (!hasSaid) say(`Waiting for another ${name} (process ${holder}) to finish`)
    hasSaid = true
    if (Date.now() - start > patience) giveUp(`The other ${name} has not ended; if there is none, remove ${file}`)
    await wait(200)
  }
}

function tryLock(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  }
}

/** The process that holds the lock; null, with the lock taken away, when that process is gone. */
function holderOf(file) {
  try {
    const holder = Number(readFileSync(file, 'utf8'))
    // A file is empty between its creation and its first write: that process is just starting.
    if (holder === 0 && Date.now() - statSync(file).mtimeMs < 5_000) return 0
    if (holder !== 0 && isAlive(holder)) return holder
    rmSync(file, { force: true })
    return null
  } catch (error) {
    if (error.code === 'ENOENT') return null
    throw error
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // EPERM: the process exists, under another user.
    return error.code === 'EPERM'
  }
}
