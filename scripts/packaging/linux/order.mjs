/** What electron-builder asks of the tool that makes debs and rpms: it speaks to it as to fpm (https://fpm.readthedocs.io). */
import { parseArgs } from 'node:util'

const text = { type: 'string' }
const texts = { type: 'string', multiple: true }
const flag = { type: 'boolean' }

const options = {
  'input-type': { ...text, short: 's' },
  'output-type': { ...text, short: 't' },
  depends: { ...texts, short: 'd' },
  'deb-recommends': texts,
  name: text,
  version: text,
  architecture: text,
  description: text,
  maintainer: text,
  vendor: text,
  url: text,
  license: text,
  category: text,
  'deb-priority': text,
  'deb-compression': text,
  'rpm-summary': text,
  'rpm-os': text,
  'rpm-compression': text,
  'after-install': text,
  'after-remove': text,
  package: text,
  force: flag,
}

/** `files`: pairs of a file or folder of this computer, and where it lies once installed. A switch that is not known ends it. */
export function readOrder(args) {
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true })
  const [synopsis, ...more] = values.description.split('\n')
  return {
    kind: values['output-type'],
    file: values.package,
    name: values.name,
    version: values.version,
    architecture: values.architecture,
    summary: values['rpm-summary'] ?? synopsis,
    description: more.length > 0 ? more.join('\n').trim() : values.description,
    maintainer: values.maintainer,
    url: values.url,
    license: values.license,
    category: values.category,
    priority: values['deb-priority'],
    compression: values['deb-compression'] ?? values['rpm-compression'],
    depends: values.depends ?? [],
    recommends: values['deb-recommends'] ?? [],
    afterInstall: values['after-install'],
    afterRemove: values['after-remove'],
    files: positionals.map(pair => {
      const at = pair.lastIndexOf('=')
      return { from: pair.slice(0, at), to: pair.slice(at + 1) }
    }),
  }
}
