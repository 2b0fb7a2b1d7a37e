import { expect, test } from 'vitest'
import { readRelease } from '../../src-main/electron/updates/release.ts'
import { fileFor } from '../../src-main/electron/updates/release-files.ts'

const digest = `${'A'.repeat(86)}==`
const described = (name: string, more = '') =>
  `version: 1.2.0\nfiles:\n  - url: ${name}\n    sha512: ${digest}\n    size: 1000\n${more}`

test('what electron-builder writes is read', () => {
  const text = `${described('Broadsheet-1.2.0.AppImage', '    blockMapSize: 120\n')}path: Broadsheet-1.2.0.AppImage
sha512: ${digest}
releaseNotes: |
  Grouping is *twice* as fast & quieter.
  - A tray
stagingPercentage: 20
releaseDate: '2026-11-28T05:00:00.000Z'
`
  expect(readRelease(text)).toEqual({
    version: '1.2.0',
    files: [{ name: 'Broadsheet-1.2.0.AppImage', sha512: digest, bytes: 1000 }],
    notes: 'Grouping is *twice* as fast & quieter.\n- A tray',
    percent: 20,
  })
})

/** Each level has nine of the one before: the last would be of nine to the ninth words. */
function laughs(): string {
  const levels = Array.from({ length: 9 }, (_, level) => `l${level}: &l${level} [${`*l${level - 1}, `.repeat(9)}x]`)
  return levels.join('\n').replaceAll('*l-1', 'lol')
}

test.each([
  { name: 'nothing', text: '' },
  { name: 'a page', text: '<!DOCTYPE html><title>Not found</title>' },
  { name: 'JSON of another kind', text: '{"tag_name":"v1.2.0"}' },
  { name: 'no YAML', text: 'version: [1.2.0\nfiles: }' },
  { name: 'code', text: `version: !!js/function "function(){process.exit(1)}"\nfiles: []` },
  { name: 'a date of its own type', text: `version: !!timestamp 2026-01-01\nfiles: []` },
  { name: 'no files', text: 'version: 1.2.0' },
  { name: 'a file without a digest', text: 'version: 1.2.0\nfiles:\n  - url: a.exe\n    size: 5' },
  { name: 'a digest of another kind', text: `version: 1.2.0\nfiles:\n  - url: a.exe\n    sha512: ${'0'.repeat(64)}` },
  { name: 'a larger file than is loaded', text: described('a.exe').replace('1000', '9000000000') },
  { name: 'a size below zero', text: described('a.exe').replace('1000', '-5') },
  { name: 'folders nested without end', text: '['.repeat(60_000) },
  { name: 'only what its prototype would say', text: `__proto__:\n  version: 1.2.0\n  files: []` },
  { name: 'a reference to itself in the place of the files', text: 'version: 1.2.0\nfiles: &a [*a]' },
])('no description of a version: $name', ({ text }) => {
  expect(readRelease(text)).toBeNull()
  expect(({} as Record<string, unknown>).version).toBeUndefined()
})

test('references that stand for gigabytes are not unfolded', () => {
  expect(readRelease(`${laughs()}\n${described('a.exe')}`)).toMatchObject({ version: '1.2.0' })
  expect(readRelease(`${laughs()}\nversion: *l8\nfiles: *l8`)).toBeNull()
})

test.each([
  '../../.config/autostart/a.AppImage',
  '/etc/a.AppImage',
  'https://elsewhere.example/a.AppImage',
  '//elsewhere.example/a.AppImage',
  '..%2f..%2fa.AppImage',
  '..\\\\a.AppImage',
  'a/b.AppImage',
  '.hidden.AppImage',
  'C:a.exe',
  '"a\\u0000.AppImage"',
  '"a\\n.AppImage"',
  `${'a'.repeat(300)}.AppImage`,
])('a file that would be elsewhere, or have another name, is none: %s', name => {
  expect(readRelease(described(name))).toBeNull()
})

test.each([
  { arch: 'x64', names: ['B-1.2.0-arm64.exe', 'B-1.2.0-x64.exe'], file: 'B-1.2.0-x64.exe' },
  { arch: 'arm64', names: ['B-1.2.0.exe', 'B-1.2.0-arm64.exe'], file: 'B-1.2.0-arm64.exe' },
  { arch: 'arm64', names: ['B-1.2.0-universal.exe'], file: 'B-1.2.0-universal.exe' },
  { arch: 'x64', names: ['B-1.2.0-arm64.exe'], file: undefined },
  { arch: 'x64', names: ['B-1.2.0.zip', 'B-1.2.0.deb'], file: undefined },
])('of $names a computer of $arch gets $file', ({ arch, names, file }) => {
  const files = names.map(name => ({ name, sha512: digest, bytes: null }))
  expect(fileFor({ version: '1.2.0', files, notes: '', percent: 100 }, '.exe', arch)?.name).toBe(file)
})
