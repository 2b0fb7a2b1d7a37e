/** The licences of all that ships: one text, made of what the libraries say themselves. Electron brings its own and Chromium's. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../lib/run.mjs'

/** Tools whose own code is a part of what they make. */
const builtIn = ['node_modules/svelte', 'node_modules/vite']

/** `folder`: where package-lock.json and node_modules are. */
export function thirdPartyNotices(folder = root) {
  const { packages } = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8'))
  const shipped = Object.keys(packages).filter(path => path !== '' && (!packages[path].dev || builtIn.includes(path)))
  return shipped
    .filter(path => existsSync(join(folder, path)))
    .map(path => noticeOf(join(folder, path)))
    .join(`\n${'='.repeat(80)}\n\n`)
}

function noticeOf(folder) {
  const { name, version, license, homepage } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const texts = readdirSync(folder)
    .filter(file => /^(?:licen[cs]e|notice|copying|ofl)/i.test(file))
    .sort()
    .map(file => readFileSync(join(folder, file), 'utf8').trim())
  return `${[`${name} ${version} (${license})`, homepage, ...texts].filter(Boolean).join('\n\n')}\n`
}
