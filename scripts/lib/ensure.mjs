/** What every command may ask for before it starts: dependencies, a build, a browser for tests. */
export { ensureChromium } from './browser.mjs'
export { ensureBuilt } from './build.mjs'
export { ensureInstalled } from './install.mjs'
export { become, binOf, ensurePinnedNode, giveUp, oneHeap, pinnedNode, root, run, runNode, say } from './run.mjs'
