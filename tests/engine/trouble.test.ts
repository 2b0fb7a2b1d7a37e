/** What the disk does to us while nobody is asking for anything. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { portOfNodePort } from '../../src-main/api/ports.ts'
import { connect } from '../../src-main/api/rpc.ts'
import { createAnnouncer } from '../../src-main/engine/events.ts'
import { openDatabase } from '../../src-main/engine/store/database.ts'
import { insertFeed } from '../../src-main/engine/store/feeds.ts'
import { saveIcon } from '../../src-main/engine/store/icons.ts'
import { startEngine } from '../../src-main/engine-thread.ts'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'broadsheet-trouble-'))
})
afterEach(() => rmSync(dir, { recursive: true }))

test('a picture that can no longer be read from the disk is refused, and the engine goes on', async () => {
  const db = openDatabase(join(dir, 'broadsheet.db'))
  const row = { url: 'https://a.test/', title: 'A', customTitle: null, siteUrl: null, folderId: null }
  const { feedId } = insertFeed(db, { ...row, privateHost: null, nextCheckAt: null }, 1)
  saveIcon(db, feedId, { type: 'image/png', bytes: new Uint8Array([1]), sourceUrl: null }, 1)
  const deaths: string[] = []
  const started = await startEngine({ dataDir: dir, isPolling: false, log: line => deaths.push(line) })
  if (started.kind !== 'running') throw new Error(started.detail)
  const { engine } = started
  const client = connect(portOfNodePort(engine.connect()))
  const [feed] = (await client.sources({})).feeds
  expect((await engine.resource(feed?.iconUrl ?? '')).status).toBe(200)

  db.exec('DROP TABLE icons')
  db.close()
  expect((await engine.resource(feed?.iconUrl ?? '')).status).toBe(500)
  expect((await client.sources({})).feeds).toHaveLength(1)
  expect(deaths).toEqual([])
  await engine.close()
})

test('counts that can not be read leave the windows with those they have', () => {
  const lines: string[] = []
  const sent: unknown[] = []
  const announcer = createAnnouncer(
    () => {
      throw new Error('disk I/O error')
    },
    line => lines.push(line),
  )
  announcer.add({ send: message => sent.push(message), onMessage() {}, onClose() {}, close() {} })
  announcer.countsChanged()
  expect(sent).toEqual([])
  expect(lines).toEqual([expect.stringContaining('disk I/O error')])
})
