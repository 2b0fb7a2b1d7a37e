/** Makes the bench's store once, in .cache/bench, and keeps a copy of it at several sizes on the way. */
import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { openDatabase, type WriteDb } from '../../src-main/store/db/open.ts'
import { compactStep } from '../../src-main/store/search/index.ts'
import { fillStore } from './lib-store-data.ts'

const folder = join(import.meta.dirname, '../../.cache/bench')
/** Half a power of ten apart, for the growth curves. */
const stages = [10_000, 31_600, 100_000, 316_000, 1_000_000]
/** The text index tidies itself while idle; here after so many articles, so that none of it becomes a mountain. */
const tidyEvery = 16_400

/** The sizes that a store of `articles` is kept at. */
export function sizesUpTo(articles: number): number[] {
  return [...stages.filter(stage => stage < articles), articles]
}

/** The file with the store of this size, one of `sizesUpTo(total)`. */
export function storeFile(size: number, total: number): string {
  return join(folder, `store-${size}-of-${total}.db`)
}

/**
 * Makes what is missing; stopped half way, the next call goes on there. A million articles take about 20 minutes of CPU
 * and, with the smaller copies, 7 GB.
 */
export function makeStores(total: number): void {
  if (existsSync(storeFile(total, total))) return
  mkdirSync(folder, { recursive: true })
  const growing = join(folder, `growing-${total}.db`)
  const started = performance.now()
  for (const size of sizesUpTo(total)) {
    const db = openDatabase(growing)
    // Nobody's articles: the disk need not be waited for.
    db.pragma('synchronous = OFF')
    fillStore(db, total).upTo(size, done => {
      if (done % tidyEvery === 0) tidy(db)
      if (done % 20_000 === 0) {
        console.error(`${done} articles, ${Math.round((performance.now() - started) / 1_000)} s`)
      }
    })
    tidy(db)
    db.close()
    if (size < total) keepCopy(growing, storeFile(size, total))
  }
  renameSync(growing, storeFile(total, total))
}

/** As the program does while idle: what an earlier bench put in and took out left pieces in the index. */
export function tidy(db: WriteDb): void {
  while (compactStep(db));
}

function keepCopy(from: string, to: string): void {
  if (existsSync(to)) return
  rmSync(`${to}.unfinished`, { force: true })
  copyFileSync(from, `${to}.unfinished`)
  renameSync(`${to}.unfinished`, to)
}
