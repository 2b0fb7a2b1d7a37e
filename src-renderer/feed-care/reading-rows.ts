/** The rows of the reading dialog: for each option what a feed or folder says itself, and what it would inherit. */
import type { Folder } from '../../src-main/api/model.ts'
import {
  folderLevels,
  type ReadingName,
  type ReadingOrigin,
  type ReadingValues,
  readingNames,
  resolveReading,
} from '../../src-main/api/settings.ts'
import { offers } from '../../src-main/api/sources/kinds.ts'
import type { ReadingSource } from '../commands/changes.ts'

export type ReadingRow = {
  name: ReadingName
  /** Null: inherited. */
  own: string | null
  inherited: { value: string; from: ReadingOrigin }
}

export function readingRows(
  source: ReadingSource,
  folders: ReadonlyMap<number, Folder>,
  settings: ReadingValues,
): ReadingRow[] {
  const { reading } = source.kind === 'feed' ? source.feed : source.folder
  const above = source.kind === 'feed' ? source.feed.folderId : source.folder.parentId
  const inherited = resolveReading(folderLevels(folders, above), settings)
  const names = source.kind === 'feed' ? offers[source.feed.kind].reading : readingNames
  return names.map(name => ({ name, own: reading[name] ?? null, inherited: inherited[name] }))
}
