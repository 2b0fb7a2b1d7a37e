/** The rules of the house that a machine can check; docs/architecture.md says why each exists. */
import { expect, test } from 'vitest'
import { cyclesOf, importsOf, projectFiles, sourceOf } from './support/sources.ts'

const files = projectFiles()
const code = files.filter(file => /^(src-main|src-renderer)\/.*\.(ts|svelte)$/.test(file))
const text = files.filter(file => /\.(ts|mjs|js|svelte|css|html|json|md|yml|yaml|svg|opml|xml|txt)$/.test(file))
const inFolder = (folder: string) => code.filter(file => file.startsWith(`${folder}/`))

/** Imports of the given files that the rule does not allow, as 'file -> specifier'. */
function broken(
  from: string[],
  isAllowed: (specifier: string, target: string | null, file: string) => boolean,
): string[] {
  return from.flatMap(file =>
    importsOf(file)
      .filter(({ specifier, target }) => !isAllowed(specifier, target, file))
      .map(({ specifier }) => `${file} -> ${specifier}`),
  )
}

const isIn = (target: string | null, ...folders: string[]) =>
  target !== null && folders.some(folder => target === folder || target.startsWith(`${folder}/`))

test('there is code to judge', () => {
  expect(code.length).toBeGreaterThan(60)
})

test('no file imports itself by a detour', () => {
  const graph = new Map(
    code.map(file => [
      file,
      importsOf(file).flatMap(({ target, isTypeOnly }) => (target && !isTypeOnly ? [target] : [])),
    ]),
  )
  expect(cyclesOf(graph)).toEqual([])
})

test('every relative import names a file that is there', () => {
  const known = new Set(files)
  const assets = /\.(css|svg|png|json|html)$/
  expect(broken(code, (_, target) => target === null || known.has(target) || assets.test(target))).toEqual([])
})

test('the window imports the contract, itself, what knows formulas, drawings, and libraries only', () => {
  const refused = /^(node:|electron|better-sqlite3|undici|rss-parser|sanitize-html|zod|ws$|piscina)/
  expect(
    broken(inFolder('src-renderer'), (specifier, target) =>
      target === null
        ? !refused.test(specifier)
        : isIn(target, 'src-renderer', 'src-main/api', 'src-main/maths', 'resources', 'package.json'),
    ),
  ).toEqual([])
})

test('the window imports only types from the files of the contract that know zod, so that zod stays out of it', () => {
  const knowsZod = new Set(
    inFolder('src-main/api').filter(file => importsOf(file).some(({ specifier }) => specifier === 'zod')),
  )
  const real = inFolder('src-renderer').flatMap(file =>
    importsOf(file)
      .filter(({ target, isTypeOnly }) => target !== null && knowsZod.has(target) && !isTypeOnly)
      .map(() => file),
  )
  expect(real).toEqual([])
})

test('the contract imports nothing but itself and zod', () => {
  expect(
    broken(inFolder('src-main/api'), (specifier, target) => specifier === 'zod' || isIn(target, 'src-main/api')),
  ).toEqual([])
})

/** What shows the engine to somebody: a window of Electron, a browser, a terminal. */
const hosts = ['host', 'web', 'electron', 'cli']
const isHost = (file: string) => hosts.some(name => file.startsWith(`src-main/${name}/`)) || isEntry(file)
const isEntry = (file: string) => /^src-main\/\w+\.ts$/.test(file)
const core = code.filter(file => file.startsWith('src-main/') && !isHost(file))

test('what is below a host knows no host and no window', () => {
  expect(
    broken(core, (specifier, target) =>
      target === null
        ? !specifier.startsWith('electron')
        : core.includes(target) || isIn(target, 'package.json', 'resources'),
    ),
  ).toEqual([])
})

test('the store imports SQLite, the model, what a feed is made of, what a copy is, and how HTML writes letters', () => {
  const allowed = [
    'src-main/store',
    'src-main/api/model.ts',
    'src-main/api/categories',
    'src-main/api/mail',
    'src-main/api/reading',
    'src-main/api/storage-model.ts',
    'src-main/api/settings.ts',
    'src-main/api/search',
    'src-main/feeds/parsed.ts',
    'src-main/stories/copies',
    'src-main/lib',
  ]
  expect(
    broken(inFolder('src-main/store'), (specifier, target) =>
      target === null ? /^(node:|better-sqlite3$|entities)/.test(specifier) : isIn(target, ...allowed),
    ),
  ).toEqual([])
})

test('hosts and the command line never touch the store', () => {
  const outside = code.filter(file => file.startsWith('src-main/') && isHost(file))
  expect(broken(outside, (_, target) => !isIn(target, 'src-main/store'))).toEqual([])
})

test('each library that is dangerous or replaceable is known in one place', () => {
  const homes: Record<string, RegExp> = {
    electron: /^src-main\/electron\//,
    'electron-updater': /^src-main\/electron\/updates\//,
    'js-yaml': /^src-main\/electron\/updates\/yaml\.ts$/,
    undici: /^src-main\/http\//,
    'postal-mime': /^src-main\/feeds\/mail\//,
    'rss-parser': /^src-main\/feeds\/formats\//,
    'sanitize-html': /^src-main\/feeds\/sanitize\/sanitize\.ts$/,
    'better-sqlite3': /^src-main\/store\//,
    imapflow: /^src-main\/newsletters\/imap\//,
    'nodemailer/lib/smtp-connection': /^src-main\/outgoing\/smtp\.ts$/,
    'nodemailer/lib/mail-composer': /^src-main\/outgoing\/letter\.ts$/,
    'nodemailer/lib/errors': /^src-main\/outgoing\/failure\.ts$/,
    temml: /^src-main\/maths\/mathml\.ts$/,
  }
  expect(broken(code, (specifier, _, file) => homes[specifier]?.test(file) ?? true)).toEqual([])
})

test('codes of disk errors are known in one place, so that no two parts call one error by different names', () => {
  const codes =
    /\b(SQLITE_(FULL|READONLY|CANTOPEN|PERM|CORRUPT|NOTADB|IOERR|ERROR)|ENOSPC|EDQUOT|EROFS|EACCES|EPERM|EIO)/
  const known = new Set(['src-main/lib/disk-fault.ts'])
  // There EACCES is of a port that only an administrator may listen on.
  known.add('src-main/web/server.ts')
  expect(code.filter(file => !known.has(file) && codes.test(sourceOf(file)))).toEqual([])
})

test('spans of time have one definition', () => {
  const own = /^(export )?const (second|minute|hour|day) = [\d(]/m
  expect(inFolder('src-main').filter(file => own.test(sourceOf(file)))).toEqual(['src-main/lib/time.ts'])
})

const folderOf = (file: string) => file.slice(0, file.lastIndexOf('/'))

/** Which folders the files of each folder import from, within src-main or src-renderer. Imports of types count, too. */
function foldersOf(top: string): Map<string, Set<string>> {
  const folders = new Map<string, Set<string>>()
  for (const file of inFolder(top)) {
    const own = folders.get(folderOf(file)) ?? new Set()
    for (const { target } of importsOf(file))
      if (target?.startsWith(`${top}/`) && folderOf(target) !== folderOf(file)) own.add(folderOf(target))
    folders.set(folderOf(file), own)
  }
  return folders
}

const folders = foldersOf('src-main')

test.each(['src-main', 'src-renderer'])('the folders of %s stand on each other, and no import leads back', top => {
  expect(cyclesOf(new Map([...foldersOf(top)].map(([folder, below]) => [folder, [...below]])))).toEqual([])
})

test('the controls of the window know nothing of what they are used for', () => {
  expect(
    broken(inFolder('src-renderer/ui'), (_, target) =>
      target === null ? true : isIn(target, 'src-renderer/ui', 'src-renderer/lib', 'src-main/api'),
    ),
  ).toEqual([])
})

test('the first paint loads no dialog, no welcome and no tables of the search: each is a file that comes later', () => {
  const loaded = new Set<string>()
  function load(file: string): void {
    if (loaded.has(file) || !code.includes(file)) return
    loaded.add(file)
    for (const { target, isTypeOnly, isLazy } of importsOf(file)) if (target && !isTypeOnly && !isLazy) load(target)
  }
  load('src-renderer/main.ts')
  expect(loaded.size).toBeGreaterThan(60)
  expect(
    [...loaded].filter(file => /Dialog\.svelte$|\/welcome\/.*\.svelte$|^src-main\/api\/search\//.test(file)),
  ).toEqual([])
})

test('they are no more than twelve floors, so that one can be read from the ground up', () => {
  const floorOf = (folder: string): number => 1 + Math.max(0, ...[...(folders.get(folder) ?? [])].map(floorOf))
  expect(Math.max(...[...folders.keys()].map(floorOf))).toBeLessThanOrEqual(12)
})

test('no folder holds more than fifteen files', () => {
  const all = files.filter(file => /^src-(main|renderer)\//.test(file))
  const sizes = Map.groupBy(all, file => file.slice(0, file.lastIndexOf('/')))
  expect(sizes.size).toBeGreaterThan(50)
  expect([...sizes].filter(([, own]) => own.length > 15).map(([folder]) => folder)).toEqual([])
})

test('no source file is longer than 400 lines', () => {
  const sources = files.filter(file => /\.(ts|mjs|svelte|css)$/.test(file))
  const long = sources.filter(file => sourceOf(file).split('\n').length > 401)
  expect(long).toEqual([])
})

test('every file that the docs name by its path is there', () => {
  const known = new Set(files)
  const isThere = (path: string) => ['', 'src-main/', 'src-renderer/', 'tests/'].some(above => known.has(above + path))
  const named = text
    .filter(file => file.endsWith('.md') && file !== 'CHANGELOG.md')
    .flatMap(file =>
      [...sourceOf(file).matchAll(/`([\w.-]+(?:\/[\w.-]+)+\.(?:ts|svelte|mjs|json|css))`/g)].map(
        ([, path]) => `${file}: ${path}`,
      ),
    )
  expect(named.filter(line => !isThere(line.slice(line.indexOf(': ') + 2)))).toEqual([])
})

test('nothing lies deeper than three folders', () => {
  expect(files.filter(file => file.split('/').length > 4)).toEqual([])
})

test('the top level holds what belongs there and nothing else', () => {
  const names = new Set([
    ...['package.json', 'package-lock.json', 'tsconfig.json', 'electron.vite.config.ts'],
    ...['README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'LICENSE'],
    ...['src-main', 'src-renderer', 'resources', 'tests', 'docs', 'scripts'],
  ])
  const top = new Set(files.map(file => file.split('/')[0] ?? ''))
  expect([...top].filter(name => !name.startsWith('.') && !names.has(name))).toEqual([])
})

test('HTML from outside goes into the page nowhere', () => {
  expect(inFolder('src-renderer').filter(file => sourceOf(file).includes('{@html'))).toEqual([])
})

test('no file names a folder of the machine it was written on', () => {
  // Pieced together, or this file would name them itself.
  const place = new RegExp(['(^|[\\s\'"`(=:])/(', 'work/|', 'root/|', 'tmp/team)'].join(''), 'm')
  expect(text.filter(file => place.test(sourceOf(file)))).toEqual([])
})

test('nothing is left to do later', () => {
  const later = new RegExp(`\\b(${['TO', 'DO'].join('')}|${['FIX', 'ME'].join('')}|${['XX', 'X'].join('')})\\b`)
  const ignore = new RegExp(['@ts-', '(ignore|nocheck|expect-error)'].join(''))
  const sources = files.filter(file => /\.(ts|mjs|svelte)$/.test(file))
  expect(sources.filter(file => later.test(sourceOf(file)) || ignore.test(sourceOf(file)))).toEqual([])
})
