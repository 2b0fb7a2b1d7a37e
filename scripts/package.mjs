/**
 * `npm run package`: builds, and makes the packages of this system in release/ with their SHA-256 sums. What follows `--` goes
 * to electron-builder: `npm run package -- --linux deb`, `-- --dir`. docs/packaging.md.
 */
import { createHash } from 'node:crypto'
import { createReadStream, existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { binOf, ensureBuilt, ensureInstalled, ensurePinnedNode, giveUp, root, runNode } from './lib/ensure.mjs'
import { thirdPartyNotices } from './packaging/notices.mjs'

const args = process.argv.slice(2)
// A secret that a workflow does not have is an empty text there, which electron-builder takes for the name of a file.
for (const name of Object.keys(process.env))
  if (/^(?:CSC|APPLE)_/.test(name) && process.env[name] === '') delete process.env[name]
await ensureInstalled()
await ensurePinnedNode()
await ensureBuilt()
writeFileSync(join(root, 'out', 'third-party-notices.txt'), thirdPartyNotices())

// A deb's mark of its kind would stay in the folder that the next kind is made of: each is made by a run of its own. Each
// writes latest-linux.yml anew: the AppImage is last, for it alone takes its next version from that file.
const makesDebAndRpm = join(root, 'scripts', 'packaging', 'linux', 'make.mjs')
const runs =
  args.length > 0 || process.platform !== 'linux' ? [args] : ['deb', 'rpm', 'AppImage'].map(kind => ['--linux', kind])
for (const run of runs) {
  const program = [
    binOf('electron-builder'),
    '--config',
    'scripts/packaging/electron-builder.mjs',
    '--publish',
    'never',
  ]
  const { code } = await runNode([...program, ...run], { env: { CUSTOM_FPM_PATH: makesDebAndRpm } })
  if (code !== 0) giveUp('electron-builder could not make the package; the reason stands above')
}
await writeSums(join(root, 'release'))

/** The packages' SHA-256 sums as `sha256sum --check` reads them. */
async function writeSums(folder) {
  if (!existsSync(folder)) return
  const packages = readdirSync(folder)
    .filter(name => /\.(?:AppImage|deb|rpm|exe|dmg|zip)$/.test(name))
    .sort()
  if (packages.length === 0) return
  const lines = []
  for (const name of packages) lines.push(`${await sumOf(join(folder, name))}  ${name}\n`)
  writeFileSync(join(folder, `SHA256SUMS-${process.platform}.txt`), lines.join(''))
}

async function sumOf(file) {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}
