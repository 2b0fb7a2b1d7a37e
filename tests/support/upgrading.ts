/**
 * `upgrading.ts FILE SHARE`: rewrites a store of an earlier program, and stops for ever, in the middle of a transaction, once
 * this share is done. Says so; to be killed.
 */
import { writeSync } from 'node:fs'
import { openDatabase } from '../../src-main/store/db/open.ts'
import { upgradeStore } from '../../src-main/store/upgrade/upgrade.ts'

const [file = '', share = ''] = process.argv.slice(2)
upgradeStore(openDatabase(file), done => {
  if (done < Number(share)) return
  writeSync(1, 'stopped\n')
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
})
