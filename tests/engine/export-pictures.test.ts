/** Pictures for a file: as many as there is room and time for, the first ones first. */
import { expect, test } from 'vitest'
import { picturesOf } from '../../src-main/archive/export-pictures.ts'

const bounds = { pictures: 10, bytes: 1_000, patience: 60_000 }

/** An article that shows these pictures, each of which may be loaded. */
function showing(...names: string[]): Parameters<typeof picturesOf>[0][number] {
  const html = names.map(name => `<img src="https://p.example/${name}">`).join('')
  const media = Object.fromEntries(names.map(name => [`https://p.example/${name}`, `/media?${name}`]))
  return { html, media }
}

const picture = (length: number) => ({
  status: 200,
  type: 'image/png',
  maxAgeSeconds: 0,
  bytes: new Uint8Array(length),
})
const namesOf = (pictures: Map<string, unknown>[]) =>
  pictures.map(map => [...map.keys()].map(address => address.replace('https://p.example/', '')))

test('no more are asked for than a file may have', async () => {
  const asked: string[] = []
  const load = async (path: string) => {
    asked.push(path)
    return picture(1)
  }
  const { byArticle, missing } = await picturesOf([showing('a', 'b'), showing('b', 'c')], load, {
    ...bounds,
    pictures: 2,
  })
  expect({ asked, missing, names: namesOf(byArticle) }).toEqual({
    asked: ['/media?a', '/media?b'],
    missing: 1,
    names: [['a', 'b'], ['b']],
  })
})

test('what is larger than the room that is left is missing, and smaller ones after it are not', async () => {
  const sizes: Record<string, number> = { '/media?a': 600, '/media?b': 500, '/media?c': 400 }
  const { byArticle, missing } = await picturesOf(
    [showing('a', 'b', 'c')],
    async path => picture(sizes[path] ?? 0),
    bounds,
  )
  expect({ missing, names: namesOf(byArticle) }).toEqual({ missing: 1, names: [['a', 'c']] })
})

test('a server that does not answer keeps nobody from having the rest', async () => {
  const load = (path: string) => (path === '/media?a' ? new Promise<never>(() => {}) : Promise.resolve(picture(1)))
  const { byArticle, missing } = await picturesOf([showing('a', 'b')], load, { ...bounds, patience: 50 })
  expect({ missing, names: namesOf(byArticle) }).toEqual({ missing: 1, names: [['b']] })
})
