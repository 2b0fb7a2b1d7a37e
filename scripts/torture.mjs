/** `npm run torture [-- --minutes N]`: runs tests/torture/run.ts on the built program, under the pinned Node. */
import { join } from 'node:path'
import { ensureBuilt, ensureInstalled, ensurePinnedNode, root } from './lib/ensure.mjs'

await ensureInstalled()
await ensureBuilt()
await ensurePinnedNode()
const { run } = await import(join(root, 'tests', 'torture', 'run.ts'))
process.exit(await run(process.argv.slice(2)))
