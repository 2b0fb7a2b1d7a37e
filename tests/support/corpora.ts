/**
 * The corpora that tests read. The part of each that may be redistributed lies in tests/fixtures, with its licences; the
 * whole of one is read as well where it lies in a folder beside the project.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from './sources.ts'

/** Folders of the whole corpora, below the folder beside the project. */
const wholeFolders = {
  feeds: 'feeds/public',
  pages: 'pages',
  xss: 'hostile/xss',
  'feeds-hostile': 'hostile/feeds-hostile',
  'opml-hostile': 'hostile/opml-hostile',
}

/** `name` completes a sentence: 'of the fixtures', 'of the whole corpus'. */
export type Corpus = { name: string; folder: string; isWhole: boolean }

/** The fixtures of a kind, then the whole corpus where it is there. For `describe.each`. */
export function corpora(kind: keyof typeof wholeFolders): Corpus[] {
  const folder = join(projectRoot, 'tests', 'fixtures', kind)
  const wholeFolder = join(projectRoot, '..', 'shared', 'data', wholeFolders[kind])
  const fixtures = { name: 'of the fixtures', folder, isWhole: false }
  if (!existsSync(wholeFolder)) return [fixtures]
  return [fixtures, { name: 'of the whole corpus', folder: wholeFolder, isWhole: true }]
}

/** The paths of all files in a folder, and in the folders in it, whose names end so; sorted. */
export function filesEndingIn(ending: string, folder: string): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  return names
    .filter(name => name.endsWith(ending))
    .sort()
    .map(name => join(folder, name))
}

/** A file with a JSON value in each line. */
export function jsonLines<T>(file: string): T[] {
  const lines = readFileSync(file, 'utf8').split('\n')
  return lines.filter(line => line !== '').map(line => JSON.parse(line) as T)
}
