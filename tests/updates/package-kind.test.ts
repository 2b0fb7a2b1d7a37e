import { expect, test } from 'vitest'
import { isInstalling, packageKind, wayOf } from '../../src-main/electron/updates/package-kind.ts'
import { sourceOf } from '../../src-main/electron/updates/source.ts'

const linux = {
  platform: 'linux' as NodeJS.Platform,
  isPackaged: true,
  env: {} as Record<string, string>,
  execPath: '/opt/Broadsheet/broadsheet',
  packageType: null as string | null,
  isStore: false,
  hasUninstaller: false,
}
const windows = { ...linux, platform: 'win32' as const }
const mac = { ...linux, platform: 'darwin' as const }
const mounted = { APPIMAGE: '/home/a/Broadsheet.AppImage', APPDIR: '/tmp/.mount_a' }

test.each([
  { name: 'sources', found: { ...linux, isPackaged: false }, kind: 'unpackaged', way: 'unpackaged' },
  {
    name: 'an AppImage',
    found: { ...linux, env: mounted, execPath: '/tmp/.mount_a/broadsheet' },
    kind: 'appimage',
    way: 'install',
  },
  {
    name: 'a deb that an AppImage started',
    found: { ...linux, env: mounted, packageType: 'deb' },
    kind: 'deb',
    way: 'tell',
  },
  { name: 'an rpm', found: { ...linux, packageType: 'rpm' }, kind: 'rpm', way: 'tell' },
  { name: 'a Flatpak', found: { ...linux, env: { FLATPAK_ID: 'a.b.C' } }, kind: 'flatpak', way: 'tell' },
  { name: 'a Snap', found: { ...linux, env: { SNAP: '/snap/x', ...mounted } }, kind: 'store', way: 'package' },
  { name: "a distribution's package", found: linux, kind: 'store', way: 'package' },
  { name: "Windows' installer", found: { ...windows, hasUninstaller: true }, kind: 'nsis', way: 'install' },
  {
    name: 'a portable program',
    found: { ...windows, env: { PORTABLE_EXECUTABLE_FILE: 'D:\\B.exe' } },
    kind: 'portable',
    way: 'tell',
  },
  { name: 'an unpacked folder', found: windows, kind: 'portable', way: 'tell' },
  { name: 'the Windows Store', found: { ...windows, isStore: true }, kind: 'store', way: 'package' },
  { name: 'an app of macOS', found: mac, kind: 'mac', way: 'install' },
  { name: 'the App Store', found: { ...mac, isStore: true }, kind: 'store', way: 'package' },
])('$name: $way', ({ found, kind, way }) => {
  expect(packageKind(found)).toBe(kind)
  expect(wayOf(packageKind(found), true, true)).toBe(way)
  // Whoever builds a package without naming a server brings new versions by other ways.
  expect(wayOf(packageKind(found), false, true)).toBe(way === 'unpackaged' ? 'unpackaged' : 'package')
  if (isInstalling(packageKind(found))) expect(wayOf(packageKind(found), true, false)).toBe('tell')
})

const linux64 = { platform: 'linux' as const, arch: 'x64' }

test('versions at GitHub are asked for where its newest is, and loaded from the one that was found', () => {
  const source = sourceOf(
    'provider: github\nowner: broadsheet-reader\nrepo: broadsheet\nupdaterCacheDirName: b',
    linux64,
  )
  const page = 'https://github.com/broadsheet-reader/broadsheet/releases'
  expect(source?.description).toBe(`${page}/latest/download/latest-linux.yml`)
  expect(source?.filesOf('1.2.0')).toBe(`${page}/download/v1.2.0/`)
  expect(source?.pageOf('1.2.0')).toBe(`${page}/tag/v1.2.0`)
  expect(source?.pageOf(null)).toBe(`${page}/latest`)
})

test.each([
  { computer: { platform: 'win32' as const, arch: 'arm64' }, name: 'latest.yml' },
  { computer: { platform: 'darwin' as const, arch: 'arm64' }, name: 'latest-mac.yml' },
  { computer: { platform: 'linux' as const, arch: 'arm64' }, name: 'latest-linux-arm64.yml' },
])('a computer of $computer.platform asks for $name', ({ computer, name }) => {
  const source = sourceOf('provider: generic\nurl: https://updates.example/broadsheet', computer)
  expect(source?.description).toBe(`https://updates.example/broadsheet/${name}`)
})

test.each([
  'provider: generic\nurl: http://updates.example/',
  'provider: generic\nurl: http://localhost:8080/',
  'provider: generic\nurl: file:///etc/',
  'provider: generic\nurl: nonsense',
  'provider: s3\nbucket: b',
  'provider: github\nowner: ../..\nrepo: a/b',
  '',
])('no server is asked by %j', text => {
  expect(sourceOf(text, linux64)).toBeNull()
})
