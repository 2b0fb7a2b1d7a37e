/** What the manifest does with the deb, without Flatpak's own sandbox, which needs runtimes of some hundred megabytes. */
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import yaml from 'js-yaml'
import { root, run } from './packing.ts'

export type Manifest = {
  id: string
  command: string
  'rename-icon': string
  'finish-args': string[]
  modules: Module[]
}
type Source = { type: string; path?: string; 'dest-filename': string; commands?: string[] }
type Module = { 'build-commands': string[]; sources: Source[] }

export const manifestFile = join(root, 'resources/linux/io.github.broadsheet_reader.Broadsheet.yml')

export function readManifest(): Manifest {
  return yaml.load(readFileSync(manifestFile, 'utf8')) as Manifest
}

/** Of the deb that was made; fails where the manifest means another one. `app`: what is /app within. */
export async function buildOf(deb: string, work: string, app: string): Promise<void> {
  mkdirSync(work)
  const [module] = readManifest().modules
  for (const { type, path, commands, 'dest-filename': name } of module!.sources) {
    if (type === 'script') writeFileSync(join(work, name), `#!/bin/sh\n${commands!.join('\n')}\n`, { mode: 0o755 })
    else if (basename(path!) === basename(deb)) copyFileSync(deb, join(work, name))
    else throw new Error(`The manifest wants ${path}, and ${basename(deb)} was made.`)
  }
  for (const command of module!['build-commands'])
    await run('sh', ['-c', command], { cwd: work, env: { ...process.env, FLATPAK_DEST: app } })
}
