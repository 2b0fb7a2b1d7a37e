/** A deb, by dpkg-deb. */
import { createHash } from 'node:crypto'
import { lstatSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { newestRelease } from './releases.mjs'
import { runTool } from './run-tool.mjs'
import { filesBelow, write } from './stage.mjs'

/** fpm's words, and dpkg-deb's. */
const compressions = { xz: 'xz', gz: 'gzip', none: 'none' }

/** `folder`: the staged tree. */
export async function makeDeb(order, folder) {
  write(join(folder, 'usr', 'share', 'lintian', 'overrides', order.name), overrides(order.name))
  write(join(folder, 'usr', 'share', 'doc', order.name, 'changelog.gz'), changelog(order))
  const files = filesBelow(folder).filter(path => !lstatSync(join(folder, path)).isSymbolicLink())
  write(join(folder, 'DEBIAN', 'control'), control(order, files, folder))
  write(join(folder, 'DEBIAN', 'md5sums'), files.map(path => `${md5(join(folder, path))}  ${path}\n`).join(''))
  write(join(folder, 'DEBIAN', 'postinst'), readFileSync(order.afterInstall), 0o755)
  write(join(folder, 'DEBIAN', 'postrm'), readFileSync(order.afterRemove), 0o755)
  await runTool('dpkg-deb', [
    '--root-owner-group',
    `-Z${compressions[order.compression]}`,
    '--build',
    folder,
    order.file,
  ])
}

function control(order, files, folder) {
  const bytes = files.reduce((sum, path) => sum + lstatSync(join(folder, path)).size, 0)
  const fields = {
    Package: order.name,
    Version: order.version,
    Architecture: order.architecture,
    Maintainer: order.maintainer,
    'Installed-Size': Math.ceil(bytes / 1024),
    Depends: order.depends.join(', '),
    Recommends: order.recommends.join(', '),
    Section: order.category,
    Priority: order.priority,
    Homepage: order.url,
    Description: `${order.summary}\n ${order.description.replaceAll('\n', '\n ')}`,
  }
  return Object.entries(fields)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}: ${value}\n`)
    .join('')
}

/** Debian's form of a list of changes. The real one is on the page of the release. */
function changelog({ name, version, url, maintainer }) {
  const date = new Date(newestRelease().date).toUTCString().replace('GMT', '+0000')
  const text = `${name} (${version}) unstable; urgency=medium\n\n  * ${url}/releases\n\n -- ${maintainer}  ${date}\n`
  return gzipSync(text, { level: 9 })
}

function md5(file) {
  return createHash('md5').update(readFileSync(file)).digest('hex')
}

/** Where Debian's rules for its own packages are not kept, with the reason. */
function overrides(name) {
  return `# Programs that are not from the distribution go there (FHS 3.13).
${name}: dir-or-file-in-opt
# better-sqlite3's binary is the one that its makers built and tested.
${name}: unstripped-binary-or-object
`
}
