/** An rpm, by rpmbuild. */
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { runTool } from './run-tool.mjs'
import { filesBelow, write } from './stage.mjs'

/** electron-builder names processors and compressions as fpm does. */
const architectures = { amd64: 'x86_64', arm64: 'aarch64' }
const payloads = { xzmt: 'w6T0.xzdio', gzip: 'w6.gzdio', none: 'w0.gzdio' }
const program = 'opt/Broadsheet'

/** `folder`: the staged tree. */
export async function makeRpm(order, folder) {
  const work = mkdtempSync(join(dirname(folder), 'rpm-'))
  const spec = join(work, 'package.spec')
  write(spec, specOf(order, folder))
  const defines = [`_topdir ${work}`, `_rpmdir ${join(work, 'made')}`, `_tmppath ${work}`]
  await runTool('rpmbuild', [
    '-bb',
    '--quiet',
    ...['--target', architectures[order.architecture] ?? order.architecture],
    ...defines.flatMap(definition => ['--define', definition]),
    spec,
  ])
  const [made] = readdirSync(join(work, 'made'), { recursive: true }).filter(name => name.endsWith('.rpm'))
  renameSync(join(work, 'made', made), order.file)
  rmSync(work, { recursive: true, force: true })
}

function specOf(order, folder) {
  // The program's folder is owned whole, so that nothing of it stays; other folders are the system's.
  const others = filesBelow(folder).filter(path => !path.startsWith(`${program}/`))
  const owned = [program, ...others].map(path => `"/${path}"`)
  const requires = order.depends.map(name => `Requires: ${name}\n`).join('')
  return `# The program is packed as it was built: nothing is stripped, compiled or looked through for what it needs.
%define debug_package %{nil}
%define _build_id_links none
%define __os_install_post %{nil}
%define _binary_payload ${payloads[order.compression]}
%define _buildhost localhost
Name: ${order.name}
Version: ${order.version}
Release: 1
Summary: ${order.summary}
License: ${order.license}
URL: ${order.url}
Packager: ${order.maintainer}
AutoReqProv: no
${requires}
%description
${order.description}

%install
cp -a "${folder}/." "%{buildroot}/"

%post -p /bin/bash
${script(order.afterInstall)}

%postun -p /bin/bash
# An update removes the old version after the new one was set up.
[ "$1" = 0 ] || exit 0
${script(order.afterRemove)}

%files
%defattr(-,root,root,-)
%dir "/usr/share/doc/${order.name}"
${owned.join('\n')}
`
}

/** Without its first line, which names the shell. A per cent sign would be a macro. */
function script(file) {
  return readFileSync(file, 'utf8').split('\n').slice(1).join('\n').replaceAll('%', '%%')
}
