// biome-ignore-all lint/suspicious/noTemplateCurlyInString: electron-builder's own placeholders
/** What electron-builder makes of the build, for all systems: the only place that says so. Read by `npm run package`. */
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { electronFuses } from '../fuses.mjs'
import { root } from '../lib/run.mjs'
import {
  appId,
  comment,
  debDepends,
  desktopName,
  linuxDesktop,
  metainfo,
  metainfoPath,
  openedTypes,
} from './linux/desktop.mjs'

/**
 * What is packed: the build, and of all libraries the two that stay outside it (electron.vite.config.ts), of these only what
 * runs. `binaries`: SQLite's, of the system that is packed for.
 */
function packed(binaries) {
  return [
    'package.json',
    'out/main/**',
    'out/preload/**',
    'out/renderer/**',
    // The browser host and the command line: a packaged Broadsheet runs neither, for Node's own switches are burnt off.
    '!out/main/{cli,start}.js',
    '!**/*.map',
    '!**/node_modules/**',
    {
      from: 'node_modules',
      to: 'node_modules',
      filter: [
        'better-sqlite3/{package.json,LICENSE}',
        'better-sqlite3/lib/**',
        `better-sqlite3/prebuilds/${binaries}.node`,
        'fflate/{package.json,LICENSE}',
        'fflate/esm/index.mjs',
      ],
    },
  ]
}

const installedMetainfo = `${metainfo}=/${metainfoPath}`

/** `env` names the server of new versions and holds the keys; where it has neither, packages only bring what they are. */
export function packagingConfig(env = process.env) {
  return {
    appId,
    productName: 'Broadsheet',
    copyright: 'Broadsheet contributors, MIT licence',
    directories: { output: 'release', buildResources: 'resources' },
    artifactName: '${productName}-${version}-${os}-${arch}.${ext}',
    asar: true,
    // A binary is loaded by the system, which can't look into an archive.
    asarUnpack: ['**/*.node'],
    npmRebuild: false,
    electronFuses: {
      ...Object.fromEntries(Object.entries(electronFuses).map(([name, isOn]) => [lowerFirst(name), isOn])),
      // Turning them breaks the signature that Electron brings, and Apple's processors start nothing without one. codesign is
      // only there.
      resetAdHocDarwinSignature: process.platform === 'darwin',
    },
    extraMetadata: { desktopName },
    // In the resources, beside the archive: what others wrote, and may be passed on with their licences (notices.mjs).
    extraResources: [{ from: 'out/third-party-notices.txt', to: 'third-party-notices.txt' }],
    publish: updateServer(env),
    fileAssociations: [
      { ext: 'opml', name: 'OPML', description: 'List of feeds', mimeType: 'text/x-opml+xml', role: 'Viewer' },
    ],
    protocols: [{ name: 'Feed', schemes: ['feed', 'feeds', 'broadsheet'], role: 'Viewer' }],
    win: {
      icon: 'resources/icon.ico',
      target: [
        { target: 'nsis', arch: ['x64', 'arm64'] },
        { target: 'portable', arch: ['x64'] },
      ],
      files: packed('win32-${arch}'),
    },
    nsis: {
      artifactName: '${productName}-${version}-setup-${arch}.${ext}',
      oneClick: true,
      perMachine: false,
      // Whoever removes the program keeps what was read and saved.
      deleteAppDataOnUninstall: false,
    },
    portable: { artifactName: '${productName}-${version}-portable.${ext}' },
    mac: {
      icon: 'resources/icon.icns',
      category: 'public.app-category.news',
      target: [
        { target: 'dmg', arch: ['universal'] },
        { target: 'zip', arch: ['universal'] },
      ],
      // One program for both processors is made of two that must be alike but for what names its processor.
      files: packed('darwin-*'),
      x64ArchFiles: '**/prebuilds/*.node',
      hardenedRuntime: true,
      entitlements: 'scripts/packaging/entitlements.plist',
      entitlementsInherit: 'scripts/packaging/entitlements.plist',
      notarize: Boolean(env.APPLE_API_KEY || env.APPLE_ID),
    },
    linux: {
      icon: 'resources/icons',
      executableName: 'broadsheet',
      syncDesktopName: true,
      category: 'Network;News;Feed',
      maintainer: 'Broadsheet contributors <broadsheet-reader@users.noreply.github.com>',
      synopsis: 'Feed reader for people who read the news for hours a day',
      description: comment,
      target: ['AppImage', 'deb', 'rpm'],
      files: packed('linux-${arch}'),
      // Beside that of fileAssociations.
      mimeTypes: openedTypes,
    },
    // electron-builder's own recommends a library for icons in the tray, which Electron shows without it. What is recommended here
    // has gdbus, by which Broadsheet asks whether the desktop has a tray (electron/tray/status-notifiers.ts).
    deb: {
      desktop: linuxDesktop('/opt/Broadsheet/broadsheet'),
      packageCategory: 'web',
      depends: debDepends,
      recommends: ['libglib2.0-bin'],
      fpm: [installedMetainfo],
    },
    rpm: { desktop: linuxDesktop('/opt/Broadsheet/broadsheet'), fpm: [installedMetainfo] },
    appImage: { desktop: linuxDesktop('AppRun') },
    // The runtime that needs no libfuse2, which newer systems do not have. The older one is started with --no-sandbox, too.
    toolsets: { appimage: '1.0.3' },
    afterPack: addMetainfo,
  }
}

/** An AppImage is the program's folder: what is for desktops lies in it. deb and rpm bring it in their own place. */
function addMetainfo({ targets, appOutDir }) {
  if (targets.some(({ name }) => name === 'appImage'))
    cpSync(join(root, metainfo), join(appOutDir, metainfoPath), { recursive: true })
}

function lowerFirst(name) {
  return `${name.charAt(0).toLowerCase()}${name.slice(1)}`
}

/** Where versions are asked for (docs/updates.md). None where none is named: a distribution brings them itself. */
function updateServer({ BROADSHEET_UPDATE_URL: url, GITHUB_REPOSITORY: repository }) {
  if (url) return { provider: 'generic', url }
  if (!repository) return null
  const [owner, repo] = repository.split('/')
  return { provider: 'github', owner, repo }
}
