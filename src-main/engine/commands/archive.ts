/** Exports and imports the archive: subscriptions, saved articles and settings, in open formats in one ZIP file. */
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { Input, Output } from '../../api/contract/contract.ts'
import { deleteLater } from '../../archive/downloads.ts'
import { localTime } from '../../lib/time.ts'
import type { Context } from '../context/context.ts'
import { importEverything } from './import-archive.ts'

export function makeArchiveCommands(context: Context) {
  const { maintenance, exportFolder, signer, now } = context

  return {
    async exportEverything(): Promise<Output<'exportEverything'>> {
      const at = now()
      const name = `everything-${randomBytes(8).toString('hex')}.zip`
      const file = join(exportFolder, name)
      const bytes = await maintenance.writeEverything({ file, at })
      deleteLater(file)
      return { path: signer.export(name), bytes, name: `broadsheet-${localTime(at).slice(0, 10)}.zip` }
    },

    importEverything(input: Input<'importEverything'>): Promise<Output<'importEverything'>> {
      return importEverything(context, input)
    },
  }
}
