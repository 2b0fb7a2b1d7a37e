/** `npm run build`: out/ becomes the build of the sources as they are now. */
import { ensureBuilt, ensureInstalled } from './lib/ensure.mjs'

await ensureInstalled()
await ensureBuilt()
