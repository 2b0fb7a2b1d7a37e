/** `npm run -s broadsheet -- COMMAND`: installs and builds what is missing, then runs the command line. */
import { join } from 'node:path'
import { become, ensureBuilt, ensureInstalled, root } from './lib/ensure.mjs'

await ensureInstalled()
await ensureBuilt()
// npm runs us in the project's folder; files are named from where the user is.
const { INIT_CWD, npm_lifecycle_event } = process.env
if (INIT_CWD && npm_lifecycle_event === 'broadsheet') process.chdir(INIT_CWD)
await become([join(root, 'out', 'main', 'cli.js'), ...process.argv.slice(2)])
