/** `backup` and `restore`. */
import { existsSync } from 'node:fs'
import path from 'node:path'
import type { BackupFailure } from '../api/storage-model.ts'
import { unusableText } from '../host/startup-errors.ts'
import { backupFile, makeBackup } from '../safety/backups/backups.ts'
import { restoreAlone } from '../safety/backups/restore.ts'
import { databaseFile } from '../safety/data-files.ts'
import { makePrivate, UnsafeFolder } from '../safety/private-folder.ts'
import type { Command } from './base/command.ts'
import { fail, print, printJson } from './base/output.ts'
import { withEngine } from './with-engine.ts'

const words: Record<BackupFailure['reason'], string> = {
  'no-space': 'There is not enough space left on the disk. Free some, or name another folder.',
  'no-folder': 'The folder is not there. Connect its drive, or name another.',
  'not-writable': 'The folder may not be written. Check its permissions.',
  'not-a-backup': 'That is no backup of Broadsheet. Name one of the files in the folder of backups.',
  damaged: 'The file is damaged. Nothing was changed. Try an older backup.',
  newer: 'It was made by a newer Broadsheet. Update this one first.',
  foreign: 'It holds more than a backup does, and could do harm. Nothing was changed. Choose one that Broadsheet made.',
  'in-use': 'Broadsheet is open on this folder. Close it first, or go back in its settings.',
  failed: 'It failed. Nothing was changed.',
}

export async function backUp(command: Command): Promise<number> {
  const { dataDir, isJson, words: given } = command
  const file = databaseFile(dataDir)
  if (!existsSync(file)) return fail({ code: 'no-folder', message: `There is nothing in ${dataDir} yet.` }, isJson)
  if (given[0] === undefined)
    return await withEngine(command, async engine => report(await engine.backUpNow({}), isJson))
  const refused = refuseUnsafe(command)
  if (refused !== null) return refused
  const wanted = path.resolve(given[0])
  if (!existsSync(wanted)) return complain({ reason: 'no-folder', detail: wanted }, isJson)
  return report(await makeBackup({ dataDir, file, wanted, at: Date.now(), reason: 'by-user' }), isJson)
}

type Made = { kind: 'made'; backup: { name: string } } | { kind: 'failed'; failure: BackupFailure }

function report(made: Made, isJson: boolean): number {
  if (made.kind === 'failed') return complain(made.failure, isJson)
  return isJson ? printJson(made.backup) : print(`Made ${made.backup.name}`)
}

export async function restore(command: Command): Promise<number> {
  const refused = refuseUnsafe(command)
  if (refused !== null) return refused
  const { dataDir, isJson, words: given } = command
  const wanted = given[0] ?? ''
  const file = existsSync(wanted) ? path.resolve(wanted) : backupFile(dataDir, null, wanted)
  if (file === null) return complain({ reason: 'not-a-backup', detail: wanted }, isJson)
  const restored = await restoreAlone({ dataDir, file, wanted: null, at: Date.now() })
  if (restored.kind === 'failed') return complain(restored.failure, isJson)
  const { previous } = restored
  if (isJson) return printJson({ restored: file, kept: previous?.name ?? null })
  print(`Restored ${path.basename(file)}.`)
  return previous ? print(`What was there is kept as ${previous.name}.`) : 0
}

/** For a database that is opened without an engine, which would check the folder. Null where the folder is safe. */
function refuseUnsafe({ dataDir, isJson }: Command): number | null {
  try {
    makePrivate(dataDir, () => undefined)
    return null
  } catch (error) {
    if (error instanceof UnsafeFolder)
      return fail({ code: error.code, message: unusableText(error.code, error.message, dataDir) }, isJson)
    throw error
  }
}

function complain({ reason, detail }: BackupFailure, isJson: boolean): number {
  return fail({ code: reason, message: `${words[reason]} (${detail})` }, isJson)
}
