/** With the database lost, the journal brings back what any command did: into an empty database, and into a copy of before. */
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { beginFile, journalFolder, writeBase } from '../../../src-main/safety/journal/file.ts'
import { linesOf } from '../../../src-main/safety/journal/journal.ts'
import { replayJournal } from '../../../src-main/safety/journal/replay.ts'
import { articleById } from '../../../src-main/store/articles/article.ts'
import { openDatabase, type ReadDb, type WriteDb } from '../../../src-main/store/db/open.ts'
import { listFolders } from '../../../src-main/store/feeds/folders.ts'
import { folderList, subscriptions } from '../../../src-main/store/feeds/subscriptions.ts'
import { mailList } from '../../../src-main/store/mail/portable.ts'
import { copyDatabase } from '../../../src-main/store/rescue/copy.ts'
import { readSettings } from '../../../src-main/store/settings.ts'
import { allDecisions } from '../../../src-main/store/stories/decisions.ts'
import { makeStore, savedIds, someNoon } from '../../support/articles.ts'
import { call, everyCall, type Library, makeLibrary } from '../../support/commands-table.ts'
import { makeEngine } from '../../support/engine.ts'

/** What nobody could give back but the journal. */
function keptIn(db: ReadDb) {
  const saved = savedIds(db).map(id => articleById(db, id)!)
  return {
    feeds: [...subscriptions(db).values()].toSorted((a, b) => (a.url < b.url ? -1 : 1)),
    folders: foldersIn(db),
    reading: folderList(db).reading,
    saved: saved
      .map(({ title, html, fullText }) => ({ title, html, fullText }))
      .toSorted((a, b) => (a.title < b.title ? -1 : 1)),
    settings: readSettings(db),
    decisions: allDecisions(db),
    mail: mailList(db),
  }
}

/** The path of each folder. */
function foldersIn(db: ReadDb): string[] {
  const folders = new Map(listFolders(db).map(folder => [folder.id, folder]))
  const pathOf = (id: number | null): string => {
    const folder = id === null ? undefined : folders.get(id)
    return folder ? `${pathOf(folder.parentId)}/${folder.title}` : ''
  }
  return [...folders.keys()].map(pathOf).toSorted()
}

function readIn(db: ReadDb): number[] {
  return db.prepare<[], number>('SELECT id FROM articles WHERE is_read ORDER BY id').pluck().all()
}

const withMarks = (db: ReadDb) => ({ ...keptIn(db), read: readIn(db) })

/** Begins the journal with what is there, and copies the database. */
async function begin({ engine: { db, dir } }: Library): Promise<{ copy: string }> {
  const folder = journalFolder(dir)
  writeBase(folder, beginFile(folder), linesOf(db, readSettings(db), someNoon))
  const copy = join(dir, 'copy.db')
  await copyDatabase(join(dir, 'broadsheet.db'), copy, { at: someNoon, reason: 'daily' })
  return { copy }
}

async function expectBroughtBack({ engine: { db, dir } }: Library, copy: string): Promise<void> {
  using empty = makeStore()
  await replay(empty.db, dir)
  expect(keptIn(empty.db)).toEqual(keptIn(db))
  const before = openDatabase(copy)
  try {
    await replay(before, dir)
    expect(withMarks(before)).toEqual(withMarks(db))
  } finally {
    before.close()
  }
}

async function replay(into: WriteDb, dir: string): Promise<void> {
  await replayJournal(into, journalFolder(dir), { now: someNoon + 1, log: line => expect.fail(line) })
}

const commands = everyCall.filter(({ kind }) => kind !== 'reads')

test.each(commands.filter(one => one.isJournaled))('what $name did comes back', async ({ name, input }) => {
  const library = makeLibrary()
  await using engine = library.engine
  const { copy } = await begin(library)
  const asked = await input(library)
  const before = withMarks(engine.db)

  const answer = await call(library.client, name, asked)

  expect(withMarks(engine.db)).not.toEqual(before)
  await expectBroughtBack(library, copy)
  const undoId = undoIdOf(answer)
  if (undoId === null) return
  expect(await library.client.undo({ undoId })).toMatchObject({ isUndone: true })
  await expectBroughtBack(library, copy)
})

test.each(everyCall.filter(one => !one.isJournaled))('$name does nothing that would be lost', async one => {
  const library = makeLibrary()
  await using engine = library.engine
  const asked = await one.input(library)
  const before = withMarks(engine.db)
  await call(library.client, one.name, asked)
  expect(withMarks(engine.db)).toEqual(before)
})

test('what is taken back as the first thing after a start comes back, too', async () => {
  const library = makeLibrary()
  const { engine: first, client, quill } = library
  const { copy } = await begin(library)
  const { undoId } = await client.unsubscribe({ feedIds: [quill] })
  await first.close()
  const store = { db: first.db, dir: first.dir, file: '', [Symbol.dispose]() {} }
  const second = makeEngine({ store })

  await second.connect().undo({ undoId: undoId! })

  await expectBroughtBack(library, copy)
  await second.close()
  await first[Symbol.asyncDispose]()
})

function undoIdOf(answer: unknown): number | null {
  return (answer as { undoId?: number | null }).undoId ?? null
}
