/** The licences of all that ships, made of what the libraries say themselves. Electron brings its own and Chromium's. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../lib/run.mjs'

/**
 * For development by the lock file, and yet a part of what is built: what Svelte and Vite put into the pages, and what `debug` takes
 * where a tool has brought it.
 */
const builtIn = ['svelte', 'clsx', 'vite', 'supports-color', 'has-flag'].map(name => `node_modules/${name}`)

/** Each library and version once, in the order of names. `folder`: where package-lock.json and node_modules are. */
export function notices(folder = root) {
  const all = shippedLibraries(folder).map(path => noticeOf(join(folder, path)))
  const byName = new Map(all.map(notice => [`${notice.name} ${notice.version}`, notice]))
  return [...byName.values()].sort((one, other) => one.name.localeCompare(other.name, 'en'))
}

/** As one text. */
export function thirdPartyNotices(folder = root) {
  return notices(folder)
    .map(({ name, version, license, homepage, text }) =>
      [`${name} ${version} (${license})`, homepage, text].filter(Boolean).join('\n\n'),
    )
    .join(`\n\n${'='.repeat(80)}\n\n`)
    .concat('\n')
}

/** Their folders, from `folder`. */
export function shippedLibraries(folder = root) {
  const { packages } = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8'))
  return Object.keys(packages)
    .filter(path => path !== '' && (!packages[path].dev || builtIn.includes(path)))
    .filter(path => existsSync(join(folder, path)))
}

function noticeOf(folder) {
  const { name, version, license, homepage = '' } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const texts = readdirSync(folder)
    .filter(file => /^(?:licen[cs]e|notice|copying|ofl)/i.test(file))
    .sort()
    .map(file => readFileSync(join(folder, file), 'utf8').trim())
  return { name, version, license, homepage: /^https?:/.test(homepage) ? homepage : '', text: texts.join('\n\n') }
}
