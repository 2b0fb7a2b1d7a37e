/** The licences within the build: the window loads them as `virtual:notices`, and no library gets in whose licence is not there. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Plugin } from 'vite'
import { notices, shippedLibraries } from './notices.mjs'

const name = 'virtual:notices'

/** `root`: the project's folder. The build's configuration is one file by the time it runs, and knows no other. */
export function licenceNotices(root: string): Plugin {
  return {
    name: 'licence-notices',
    resolveId: id => (id === name ? `\0${name}` : null),
    load: id => (id === `\0${name}` ? `export default ${JSON.stringify([own(root), ...notices(root)])}` : null),
  }
}

/** Fails the build where it takes code from a library that the list leaves out. */
export function requireLicences(root: string): Plugin {
  return {
    name: 'require-licences',
    generateBundle(_, bundle) {
      const listed = new Set(shippedLibraries(root))
      const modules = Object.values(bundle).flatMap(part => (part.type === 'chunk' ? Object.entries(part.modules) : []))
      const libraries = modules.map(([file, { renderedLength }]) => (renderedLength > 0 ? libraryOf(root, file) : null))
      const missing = [...new Set(libraries)].filter(library => library !== null && !listed.has(library))
      if (missing.length > 0)
        this.error(`Built in, but not among the licences of scripts/packaging/notices.mjs: ${missing.join(', ')}`)
    },
  }
}

/** The folder of the library that a file belongs to, from the project's; null for a file of our own. */
function libraryOf(root: string, file: string): string | null {
  const from = path.relative(root, file).replaceAll('\\', '/')
  return /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(from)?.[0] ?? null
}

function own(root: string) {
  const { productName, version, license, homepage } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'))
  return {
    name: productName,
    version,
    license,
    homepage,
    text: readFileSync(path.join(root, 'LICENSE'), 'utf8').trim(),
  }
}
