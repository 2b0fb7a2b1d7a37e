/** Reads this project's own sources as a graph of imports, for the tests of its architecture. */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'

export const projectRoot = join(dirname(fileURLToPath(import.meta.url)), '..', '..')

/** `isLazy`: by `import()`, so that the file is loaded when it is needed. */
export type Import = { specifier: string; isTypeOnly: boolean; isLazy: boolean; target: string | null }

/** Every file of the project that git would keep: committed or new, but not ignored. Paths with slashes, from the root. */
export function projectFiles(): string[] {
  const list = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
    cwd: projectRoot,
  })
  return list
    .toString('utf8')
    .split('\0')
    .filter(file => file !== '' && existsSync(join(projectRoot, file)))
}

export function sourceOf(file: string): string {
  return readFileSync(join(projectRoot, file), 'utf8')
}

const statements =
  /^\s*(?:import|export)\s+(type\s+)?(?:[^'"`;]*?\sfrom\s+)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/gm

/** What a file imports; `target` is the file of this project, null for a library. */
export function importsOf(file: string): Import[] {
  return [...sourceOf(file).matchAll(statements)].map(match => {
    const specifier = match[2] ?? match[3] ?? ''
    const isOurs = specifier.startsWith('.')
    return {
      specifier,
      isTypeOnly: match[1] !== undefined || isTypesOnly(match[0]),
      isLazy: match[3] !== undefined,
      target: isOurs ? posix.join(posix.dirname(file), specifier.replace(/\?.*$/, '')) : null,
    }
  })
}

/** `import { type A, type B } from ...` leaves nothing behind either. */
function isTypesOnly(statement: string): boolean {
  const names = /\{([^}]*)\}/.exec(statement)?.[1]?.trim()
  if (!names || /^\s*(?:import|export)\s+\w+\s*,/.test(statement)) return false
  return names
    .split(',')
    .map(name => name.trim())
    .filter(name => name !== '')
    .every(name => name.startsWith('type '))
}

/** The import cycles of a graph, each as the files it goes through. Types bind nothing at run time and are left out. */
export function cyclesOf(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const cycles: string[][] = []
  const done = new Set<string>()
  const path: string[] = []
  const visit = (file: string): void => {
    const start = path.indexOf(file)
    if (start >= 0) {
      cycles.push([...path.slice(start), file])
      return
    }
    if (done.has(file)) return
    path.push(file)
    // A component that draws a tree shows itself again.
    for (const target of graph.get(file) ?? []) if (target !== file) visit(target)
    path.pop()
    done.add(file)
  }
  for (const file of graph.keys()) visit(file)
  return cycles
}
