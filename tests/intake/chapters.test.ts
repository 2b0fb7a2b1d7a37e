import { expect, test } from 'vitest'
import { taggedWithChapters } from '../support/sounds.ts'
import { intakeWorld } from './intake-world.ts'

const world = intakeWorld()

const list = [
  { start: 0, title: 'Hello' },
  { start: 90, title: 'The harbour' },
]

function ask(file: string | null) {
  const { base, host } = world.server
  return world.intake.chapters({
    url: `${base}/episode.mp3`,
    privateHost: host,
    file: file && base + file,
  })
}

test('chapters in a file of their own are read from there, once, and the sound is not asked for', async () => {
  world.answer = (_, response) =>
    response.end(JSON.stringify({ chapters: list.map(({ start, title }) => ({ startTime: start, title })) }))
  expect(await ask('/chapters.json')).toEqual(list)
  expect(await ask('/chapters.json')).toEqual(list)
  expect(world.server.seen.map(({ path }) => path)).toEqual(['/chapters.json'])
})

test('where that file is gone, those within the sound are read', async () => {
  world.answer = ({ url }, response) => {
    if (url === '/episode.mp3') response.end(Buffer.concat([taggedWithChapters(list), Buffer.alloc(5_000)]))
    else response.writeHead(404).end()
  }
  expect(await ask('/chapters.json')).toEqual(list)
})

test('of a sound no more than its tag is asked for, also where that is large', async () => {
  const tag = taggedWithChapters(list, 300_000)
  const file = Buffer.concat([tag, Buffer.alloc(5_000_000)])
  world.answer = (request, response) => {
    const [, from, to] = /bytes=(\d+)-(\d+)/.exec(request.headers.range ?? '') ?? []
    const part = file.subarray(Number(from), Number(to) + 1)
    response.writeHead(206, { 'content-range': `bytes ${from}-${to}/${file.length}` }).end(part)
  }
  expect(await ask(null)).toEqual(list)
  expect(world.server.seen.map(({ headers }) => headers.range)).toEqual(['bytes=0-65535', `bytes=0-${tag.length - 1}`])
})

test('what has no chapters, or cannot be had, plays without', async () => {
  world.answer = (_, response) => response.end('<html>')
  expect(await ask(null)).toEqual([])
  await world.server.close()
  expect(await ask('/gone.json')).toEqual([])
})
