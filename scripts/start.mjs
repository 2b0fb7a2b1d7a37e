/** `npm start [-- flags]`: installs and builds what is missing, then opens Broadsheet. The flags are described by `npm start -- --help`. */
import { join } from 'node:path'
import { become, ensureBuilt, ensureInstalled, oneHeap, root } from './lib/ensure.mjs'

await ensureInstalled()
await ensureBuilt()
await become([join(root, 'out', 'main', 'start.js'), ...process.argv.slice(2)], oneHeap)
