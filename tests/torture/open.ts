/** `open.ts FOLDER`: opens a database as a start does, says `opening` before and `open` after it, and ends. To be killed. */
import { openStore } from '../../src-main/safety/recovery/open-store.ts'

process.stdout.write('opening\n')
const { db } = await openStore({
  dataDir: process.argv[2] ?? '',
  now: Date.now(),
  log: line => process.stderr.write(`${line}\n`),
  isAlone: true,
})
process.stdout.write('open\n')
db.close()
