/** `npm run -s broadsheet -- COMMAND`: installs and builds what is missing, then runs the command line. */
import { realpathSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { become, ensureBuilt, ensureInstalled, oneHeap, pinnedNode, root } from './lib/ensure.mjs'

// As host/lookup-threads.ts says; what is done here already takes threads of the pool.
process.env.UV_THREADPOOL_SIZE ??= '32'
await ensureInstalled()
await ensureBuilt()
// npm runs us in the project's folder; files are named from where the user is.
const { INIT_CWD, npm_lifecycle_event } = process.env
if (INIT_CWD && npm_lifecycle_event === 'broadsheet') process.chdir(INIT_CWD)
const program = join(root, 'out', 'main', 'cli.js')
const args = process.argv.slice(2)
// npm runs us on the pinned Node already: to start it again would be 0.1 s for nothing, but for what goes on for hours.
const isReady = args[0] !== 'serve' && realpathSync(process.execPath) === realpathSync(pinnedNode)
if (isReady) await import(pathToFileURL(program).href)
else await become([program, ...args], oneHeap)
