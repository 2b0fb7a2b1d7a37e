/** `digest`: what came since the last one, printed or written into a file. Nothing is marked read, and none is kept. */
import path from 'node:path'
import type { EngineClient } from '../api/contract/rpc.ts'
import { localTime } from '../lib/time.ts'
import { copyExport, type ReadResource } from './archive.ts'
import type { Command } from './base/command.ts'
import { fail, oneLine, print, printJson } from './base/output.ts'

export async function printDigest(
  engine: EngineClient,
  { since, to, isJson }: Command,
  resource: ReadResource,
): Promise<number> {
  const from = since === null ? {} : { since }
  if (to === 'mail') {
    const message = 'A digest can’t be sent by e-mail yet. Write it with --to FILE.html or --to FILE.epub.'
    return fail({ code: 'not-possible', message }, isJson)
  }
  const digest = await engine.digest(from)
  if (digest.parts.length === 0) {
    const message = `Nothing came since ${localTime(digest.since)} that a digest would tell.`
    return fail({ code: 'nothing-to-tell', message }, isJson)
  }
  if (to !== null) {
    const format = to.toLowerCase().endsWith('.epub') ? 'epub' : 'html'
    const made = await engine.exportDigest({ ...from, format })
    return copyExport(made, { file: path.resolve(to), isJson, resource })
  }
  if (isJson) return printJson(digest)
  const parts = digest.parts.map(({ heading, items }) => [`\n${heading}`, ...items.map(itemAsText)].join('\n'))
  return print([digest.title, ...parts].join('\n'))
}

type Item = Awaited<ReturnType<EngineClient['digest']>>['parts'][number]['items'][number]

function itemAsText({ id, title, source, summary, link }: Item): string {
  const lines = [`${String(id).padStart(7)}  ${oneLine(title)}  [${oneLine(source)}]`]
  for (const more of [summary, link ?? '']) if (more !== '') lines.push(`         ${oneLine(more)}`)
  return lines.join('\n')
}
