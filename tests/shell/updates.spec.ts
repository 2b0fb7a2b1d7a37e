import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, test } from 'playwright/test'
import { databaseFile } from '../../src-main/safety/data-files.ts'
import { openDatabase } from '../../src-main/store/db/open.ts'
import { changeSettings } from '../../src-main/store/settings.ts'
import { addFeed } from '../support/articles.ts'
import { UpdateServer } from '../updates/update-server.ts'
import { type Desktop, openDesktop } from './desktop.ts'

const day = 24 * 60 * 60 * 1_000
let desktop: Desktop
let dir: string
let dataDir: string
let server: UpdateServer

const appImage = () => join(dir, 'Broadsheet.AppImage')
/** Notes that it was started, and on which folder. */
const newProgram = '#!/bin/sh\necho "$@" > "$0.part"\nmv "$0.part" "$0.started"\n'

/** As an AppImage that was first started two days ago, with one feed. */
test.beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'broadsheet-package-'))
  dataDir = join(dir, 'data')
  server = await UpdateServer.start()
  server.offer('9.0.0', newProgram)
  mkdirSync(dataDir, { mode: 0o700 })
  writeFileSync(join(dir, 'app-update.yml'), server.config)
  writeFileSync(appImage(), 'the old program')
  chmodSync(appImage(), 0o755)
  writeFileSync(join(dataDir, 'updates.json'), JSON.stringify({ firstStartAt: Date.now() - 2 * day, place: 50 }))
  const db = openDatabase(databaseFile(dataDir))
  addFeed(db, 'https://gazette.example/feed')
  db.close()
  const { env, execPath } = process
  Object.assign(env, { STAND_IN_RESOURCES: dir, APPIMAGE: appImage(), APPDIR: dirname(execPath) })
})
test.afterEach(async () => {
  for (const name of ['STAND_IN_RESOURCES', 'APPIMAGE', 'APPDIR']) delete process.env[name]
  await desktop?.remove()
  await server[Symbol.asyncDispose]()
  rmSync(dir, { recursive: true, force: true, maxRetries: 5 })
})

test('the reader is asked once, then told of a version, loads it, and restarts into it', async () => {
  desktop = await openDesktop([], dataDir)
  test.skip(desktop.kind === 'electron', 'a real Electron that is not packaged looks for no versions')
  const { page } = desktop
  const notice = page.getByRole('region', { name: 'Notice' })
  await expect(notice).toContainText('Should Broadsheet look for new versions?')
  expect(server.requests).toEqual([])

  await notice.getByRole('button', { name: 'Tell me' }).click()
  await expect(notice).toContainText('Broadsheet 9.0.0 is there.')
  expect(server.paths).toEqual(['/latest-linux.yml'])

  await notice.getByRole('button', { name: 'What is new' }).click()
  await expect(page.getByRole('tabpanel', { name: 'About' })).toContainText('A tray')
  await page.getByRole('tabpanel').getByRole('button', { name: 'Install' }).click()
  await expect(page.getByRole('tabpanel')).toContainText('Broadsheet 9.0.0 is ready.')
  expect(readFileSync(appImage(), 'utf8')).toBe('the old program')

  await page.getByRole('tabpanel').getByRole('button', { name: 'Restart to update' }).click()
  expect(await desktop.ended).toBe(0)
  await expect.poll(() => existsSync(`${appImage()}.started`)).toBe(true)
  expect(readFileSync(`${appImage()}.started`, 'utf8')).toBe(`--data ${dataDir}\n`)
  expect(readFileSync(appImage(), 'utf8')).toBe(newProgram)
})

test('while polling is paused no version is looked for; once it goes on, one is', async () => {
  const db = openDatabase(databaseFile(dataDir))
  changeSettings(db, { updates: 'tell' })
  // No poll is to find out whether this computer is offline.
  db.prepare('UPDATE feeds SET next_check_at = ?').run(Date.now() + day)
  db.close()
  desktop = await openDesktop([], dataDir)
  test.skip(desktop.kind === 'electron', 'a real Electron that is not packaged looks for no versions')
  const { page } = desktop
  const notice = page.getByRole('region', { name: 'Notice' })
  await expect(page.getByRole('region', { name: 'Headlines' })).toBeVisible()
  await page.keyboard.press(',')
  await page.getByRole('tab', { name: 'Desktop' }).click()
  await page.getByRole('button', { name: 'Pause for an hour' }).click()
  await page.keyboard.press('Escape')
  await expect(notice).toContainText('Feeds are not asked until')
  await desktop.ask('passIntervals')

  server.offer('9.1.0', newProgram)
  await notice.getByRole('button', { name: 'Resume' }).click()
  await expect(notice).toBeEmpty()
  expect(server.requests).toEqual([])
  await desktop.ask('passIntervals')
  await expect(notice).toContainText('Broadsheet 9.1.0 is there.')
  expect(server.paths).toEqual(['/latest-linux.yml'])
})
