/** The keeper's tasks by name. Run in its thread, or in a test's own. */
import { join } from 'node:path'
import type { KeeperTasks } from './keeper-protocol.ts'
import { makeReport } from './report.ts'

export function createKeeperTasks({ dataDir }: { dataDir: string }): KeeperTasks {
  const file = join(dataDir, 'broadsheet.db')
  return {
    report: ({ backupFolder }) => makeReport({ file, dataDir, backupFolder }),
  }
}
