/** `npm run bench -- NAME [arguments]`: runs what tests/bench/NAME.ts exports as `run(arguments)`, under the pinned Node. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { ensureInstalled, ensurePinnedNode, giveUp, root } from './lib/ensure.mjs'

const [name = '', ...args] = process.argv.slice(2)
const folder = join(root, 'tests', 'bench')
const names = readdirSync(folder)
  .filter(file => file.endsWith('.ts') && !file.startsWith('lib-'))
  .map(file => file.slice(0, -3))
if (!names.includes(name)) giveUp(`npm run bench -- NAME, where NAME is one of: ${names.join(', ')}`)

await ensureInstalled()
await ensurePinnedNode()
const bench = await import(join(folder, `${name}.ts`))
await bench.run(args)
