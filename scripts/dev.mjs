/**
 * `npm run dev [-- flags of start]`: builds again at every change and keeps the app open.
 * With Electron's runtime this is electron-vite's own watch mode (the window reloads itself). Without, the web host, which is
 * restarted when src-main changes; after a change of src-renderer reload the page.
 */
import { spawn } from 'node:child_process'
import { existsSync, watch } from 'node:fs'
import { join } from 'node:path'
import { become, binOf, ensureBuilt, ensureInstalled, pinnedNode, root, say } from './lib/ensure.mjs'

const flags = process.argv.slice(2)
const quiet = 300

await ensureInstalled()
const hasRuntime = existsSync(join(root, 'node_modules', 'electron', 'path.txt'))
if (hasRuntime && !flags.includes('web')) await become([binOf('electron-vite'), 'dev', '--watch', ...flags])

await ensureBuilt()
let app = start()
let timer
for (const folder of ['src-main', 'src-renderer'])
  watch(join(root, folder), { recursive: true }, () => {
    // An editor that saves a file touches it several times.
    clearTimeout(timer)
    timer = setTimeout(() => void rebuild(folder), quiet)
  })

async function rebuild(folder) {
  const { code } = await buildOnce()
  if (code !== 0) return
  if (folder === 'src-renderer') say('Built: reload the page')
  else {
    app.kill('SIGTERM')
    app = start()
  }
}

/** In a process of its own: a failed build ends its process, and watching goes on. */
function buildOnce() {
  const child = spawn(
    pinnedNode,
    ['-e', "import('./scripts/lib/ensure.mjs').then(({ ensureBuilt }) => ensureBuilt())"],
    {
      cwd: root,
      stdio: 'inherit',
    },
  )
  return new Promise(resolve => child.once('exit', code => resolve({ code })))
}

function start() {
  const args = [
    join(root, 'out', 'main', 'start.js'),
    '--host',
    'web',
    ...flags.filter(flag => flag !== 'web' && flag !== '--host'),
  ]
  return spawn(pinnedNode, args, { cwd: root, stdio: 'inherit' })
}

for (const signal of ['SIGINT', 'SIGTERM'])
  process.on(signal, () => {
    app.kill(signal)
    process.exit(0)
  })
