/** Puts a file of this folder in the place of the `electron` module, for what is loaded from then on. */
import { registerHooks } from 'node:module'

export function standInFor(file: 'electron.ts' | 'home.ts'): void {
  const { href } = new URL(file, import.meta.url)
  registerHooks({
    resolve: (specifier, context, next) =>
      specifier === 'electron' ? { url: href, shortCircuit: true } : next(specifier, context),
  })
}
