/** The tree that a package installs, as a folder on this computer. */
import { chmodSync, cpSync, lstatSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { root } from '../../lib/run.mjs'

/** Lays the ordered files out in `folder`, with Debian's file of licences, which other systems read as well. */
export function stage({ files, name, url }, folder) {
  for (const { from, to } of files) cpSync(from, join(folder, to), { recursive: true, verbatimSymlinks: true })
  write(join(folder, 'usr', 'share', 'doc', name, 'copyright'), copyright(url))
  // Modes as this computer's umask made them are nobody else's business.
  for (const path of entriesBelow(folder)) {
    const entry = lstatSync(path)
    if (!entry.isSymbolicLink()) chmodSync(path, entry.isDirectory() || entry.mode & 0o100 ? 0o755 : 0o644)
  }
}

/** All files, as paths from the folder's top. */
export function filesBelow(folder) {
  return entriesBelow(folder)
    .filter(path => !lstatSync(path).isDirectory())
    .map(path => relative(folder, path))
    .sort()
}

export function write(path, content, mode = 0o644) {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content, { mode })
}

function entriesBelow(folder) {
  return readdirSync(folder, { recursive: true }).map(name => join(folder, name))
}

function copyright(url) {
  const licence = readFileSync(join(root, 'LICENSE'), 'utf8').trim()
  const [, holder] = /^Copyright (?:\(c\) )?(.+)$/m.exec(licence)
  const terms = licence.split('\n').map(line => (line.trim() === '' ? ' .' : ` ${line}`))
  return `Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: Broadsheet
Source: ${url}
Comment:
 The licences of the libraries in it are in /opt/Broadsheet/resources/third-party-notices.txt; those of Electron and Chromium
 in LICENSE.electron.txt and LICENSES.chromium.html in /opt/Broadsheet.

Files: *
Copyright: ${holder}
License: Expat
${terms.join('\n')}
`
}
