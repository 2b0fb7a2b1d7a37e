/** The rpm of a small program, made as electron-builder orders it, by the real rpmbuild and rpm. */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readlinkSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { has, root, run } from './packing.ts'
import { canBeRoot, makeScratchRoot, rpm } from './scratch-root.ts'

const work = mkdtempSync(join(tmpdir(), 'broadsheet-rpm-'))
const system = join(work, 'system')
const link = join(system, 'usr/bin/broadsheet')

afterAll(() => rmSync(work, { recursive: true, force: true }))

describe.runIf(process.platform === 'linux' && has('rpmbuild'))('an rpm (needs rpmbuild)', () => {
  beforeAll(async () => {
    mkdirSync(join(work, 'program'))
    write('program/broadsheet', '')
    write('program/100% of it', '')
    // %version is a macro of rpmbuild.
    const isAsWritten = `[ '%version' = '%''version' ]`
    write('after-install', `#!/bin/bash\n${isAsWritten} && ln -sf /opt/Broadsheet/broadsheet /usr/bin/broadsheet\n`)
    write('after-remove', '#!/bin/bash\nrm -f /usr/bin/broadsheet\n')
    for (const version of ['1.0.0', '1.0.1']) await make(version)
    makeScratchRoot(system)
  }, 60_000)

  test('is for the processor that was ordered, and needs what was ordered', () => {
    const query = (format: string) =>
      execFileSync('rpm', ['-qp', '--qf', format, packageOf('1.0.0')], { encoding: 'utf8' })
    expect(query('%{NAME} %{VERSION} %{ARCH} %{LICENSE}')).toBe('broadsheet 1.0.0 x86_64 MIT')
    expect(query('[%{REQUIRENAME}\n]').split('\n')).toEqual(expect.arrayContaining(['gtk3', '(libuuid or libuuid1)']))
  })

  test.runIf(canBeRoot)('stays set up as the next version takes its place, and leaves nothing as it is removed', () => {
    for (const version of ['1.0.0', '1.0.1']) {
      rpm(system, '--upgrade', packageOf(version))
      expect(rpm(system, '--query', 'broadsheet')).toContain(version)
      expect(readlinkSync(link)).toBe('/opt/Broadsheet/broadsheet')
      expect(readdirSync(join(system, 'opt/Broadsheet')).sort()).toEqual(['100% of it', 'broadsheet'])
    }
    rpm(system, '--erase', 'broadsheet')
    const left = readdirSync(system, { recursive: true, encoding: 'utf8' }).filter(name => /broadsheet/i.test(name))
    expect(left).toEqual([])
  })

  test('is not made of an order that is not understood', async () => {
    await expect(make('2.0.0', ['--config-files', '/etc/broadsheet'])).rejects.toThrow('config-files')
    expect(existsSync(packageOf('2.0.0'))).toBe(false)
  })
})

const packageOf = (version: string) => join(work, `broadsheet-${version}.rpm`)

function write(name: string, content: string): void {
  writeFileSync(join(work, name), content, { mode: 0o755 })
}

async function make(version: string, more: string[] = []): Promise<void> {
  const order = {
    ...{ architecture: 'amd64', name: 'broadsheet', version, package: packageOf(version), license: 'MIT' },
    ...{ description: 'Reads feeds', maintainer: 'Somebody <some@body.example>', url: 'https://broadsheet.example' },
    ...{ 'rpm-compression': 'gzip', 'rpm-summary': 'Reader' },
    ...{ 'after-install': join(work, 'after-install'), 'after-remove': join(work, 'after-remove') },
  }
  const switches = Object.entries(order).flatMap(([name, value]) => [`--${name}`, value])
  const needs = ['-d', 'gtk3', '-d', '(libuuid or libuuid1)']
  const files = `${join(work, 'program')}/=/opt/Broadsheet`
  const maker = join(root, 'scripts/packaging/linux/make.mjs')
  await run(process.execPath, [maker, '-s', 'dir', '-t', 'rpm', ...needs, ...switches, ...more, files])
}
