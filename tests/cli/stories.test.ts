import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { projectFolder } from '../../src-main/host/file-server.ts'

const day = path.join(projectFolder(), 'tests/fixtures/stories/day.jsonl')
const folder = mkdtempSync(path.join(tmpdir(), 'broadsheet-stories-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function stories(file: string) {
  const program = path.join(projectFolder(), 'src-main', 'cli.ts')
  const args = ['--disable-warning=ExperimentalWarning', program, 'stories', file]
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  return { status, stderr, lines: stdout.split('\n').flatMap(line => (line === '' ? [] : [JSON.parse(line)])) }
}

test('a file of headlines is answered line by line with their stories', { timeout: 60_000 }, () => {
  const headlines = readFileSync(day, 'utf8')
    .trim()
    .split('\n')
    .map(line => JSON.parse(line))
  const { status, lines } = stories(day)
  expect(status).toBe(0)
  expect(lines.map(({ id }) => id)).toEqual(headlines.map(({ id }) => id))
  const storyOf = new Map(lines.map(({ id, story }) => [id, story]))
  const ofEvents = Map.groupBy(
    headlines.filter(({ event }) => event),
    ({ event }) => event,
  )
  const found = [...ofEvents.values()].map(group => new Set(group.map(({ id }) => storyOf.get(id))).size)
  expect(found).toEqual([1, 1, 1, 1])
  // The others each have a number of their own.
  const alone = headlines.filter(({ event }) => !event).map(({ id }) => storyOf.get(id))
  expect(new Set(alone).size).toBe(alone.length)
})

test('lines that are no headlines are named, and the others answered', { timeout: 60_000 }, () => {
  const file = path.join(folder, 'some.jsonl')
  writeFileSync(file, '{"id":1,"title":"Ferry aground","publishedAt":0}\n\nFerry\n{"id":2,"title":"Ferry"}\n')
  const { status, lines, stderr } = stories(file)
  expect(status).toBe(1)
  expect(lines).toEqual([{ id: 1, story: 1 }])
  expect(stderr).toContain(`${file}, line 3: not a JSON object.`)
  expect(stderr).toContain(`${file}, line 4: publishedAt has to be a number`)
  expect(stories(path.join(folder, 'none.jsonl'))).toMatchObject({ status: 1, lines: [] })
})
