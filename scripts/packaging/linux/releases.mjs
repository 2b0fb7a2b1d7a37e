/** Broadsheet's releases, as software centres are told of them. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../lib/run.mjs'
import { metainfo } from './desktop.mjs'

export function newestRelease() {
  const text = readFileSync(join(root, metainfo), 'utf8')
  const [, version, date] = /<release version="([^"]+)" date="([^"]+)"/.exec(text)
  return { version, date }
}
