#!/usr/bin/env node
/**
 * Makes a deb or an rpm for electron-builder, in the place of fpm: by the system's own dpkg-deb and rpmbuild. fpm would be fetched
 * with a Ruby of its own at each packing, and knows neither of licences nor of which step of an update runs a script.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { giveUp, say } from '../../lib/run.mjs'
import { makeDeb } from './deb.mjs'
import { readOrder } from './order.mjs'
import { makeRpm } from './rpm.mjs'
import { stage } from './stage.mjs'

const makers = { deb: makeDeb, rpm: makeRpm }

const order = readOrder(process.argv.slice(2))
const make = makers[order.kind]
if (!make) giveUp(`There is no way to make a package of kind ${order.kind}.`)

const work = mkdtempSync(join(tmpdir(), 'broadsheet-package-'))
try {
  const tree = join(work, 'tree')
  mkdirSync(tree)
  stage(order, tree)
  await make(order, tree)
} catch (error) {
  say(error.message)
  process.exitCode = 1
} finally {
  rmSync(work, { recursive: true, force: true })
}
