/** The newest sections of CHANGELOG.md within the build: the window loads them as `virtual:changes`, and asks no server. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Plugin } from 'vite'
import { changesOf } from './changes.mjs'

const name = 'virtual:changes'
/** What came before these is in the file beside the program's sources. */
const sections = 3

/** `root`: the project's folder. */
export function listOfChanges(root: string): Plugin {
  const file = path.join(root, 'CHANGELOG.md')
  return {
    name: 'list-of-changes',
    resolveId: id => (id === name ? `\0${name}` : null),
    load(id) {
      if (id !== `\0${name}`) return null
      this.addWatchFile(file)
      return `export default ${JSON.stringify(changesOf(readFileSync(file, 'utf8')).slice(0, sections))}`
    },
  }
}
