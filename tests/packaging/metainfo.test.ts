/** What software centres of Linux are told of Broadsheet is what its list of changes says. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { has, root, run } from './packing.ts'

const file = join(root, 'resources/linux/io.github.broadsheet_reader.Broadsheet.metainfo.xml')
const releases = [...readFileSync(file, 'utf8').matchAll(/<release version="(.+?)" date="(.+?)"/g)]

test('it names the releases of the list of changes, the newest of which is this version', () => {
  const changes = readFileSync(join(root, 'CHANGELOG.md'), 'utf8')
  const versions = [...changes.matchAll(/^## (\d\S*)$/gm)].map(([, version]) => version)
  expect(releases.map(([, version]) => version)).toEqual(versions)
  expect(versions[0]).toBe(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version)
})

test('each release has its day', () => {
  for (const [, , date] of releases) expect(date).toMatch(/^\d{4}-\d\d-\d\d$/)
})

test.runIf(has('appstreamcli'))('it is valid (needs appstreamcli)', async () => {
  const { stdout } = await run('appstreamcli', ['validate', '--no-net', '--explain', file])
  expect(stdout).toContain('Validation was successful')
})
