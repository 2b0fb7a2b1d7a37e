/** `npm run torture [-- --minutes N]`: runs tests/torture/run.ts on the built program, under the pinned Node. */
import { join } from 'node:path'
import { become, ensureBuilt, ensureInstalled, pinnedNode, root } from './lib/ensure.mjs'

await ensureInstalled()
await ensureBuilt()
const args = process.argv.slice(2)
if (process.execPath !== pinnedNode && !process.version.startsWith('v24.')) {
  await become([import.meta.filename ?? process.argv[1], ...args])
}
const { run } = await import(join(root, 'tests', 'torture', 'run.ts'))
process.exit(await run(args))
