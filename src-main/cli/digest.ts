/** `digest`: what came since the last one, printed, written into a file, or sent. Nothing is marked read, and none is kept. */
import path from 'node:path'
import type { EngineClient } from '../api/contract/rpc.ts'
import { explainDelivery } from '../api/mail/outgoing-reasons.ts'
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
  const digest = await engine.digest(from)
  if (digest.parts.length === 0) {
    const message = `Nothing came since ${localTime(digest.since)} that a digest would tell.`
    return fail({ code: 'nothing-to-tell', message }, isJson)
  }
  if (to === 'mail') return mailDigest(engine, from, isJson)
  if (to !== null) {
    const format = to.toLowerCase().endsWith('.epub') ? 'epub' : 'html'
    const made = await engine.exportDigest({ ...from, format })
    return copyExport(made, { file: path.resolve(to), isJson, resource })
  }
  if (isJson) return printJson(digest)
  const parts = digest.parts.map(({ heading, items }) => [`\n${heading}`, ...items.map(itemAsText)].join('\n'))
  return print([digest.title, ...parts].join('\n'))
}

/** By the server that the settings name. */
async function mailDigest(engine: EngineClient, from: { since?: number }, isJson: boolean): Promise<number> {
  const mailed = await engine.mailDigest(from)
  switch (mailed.kind) {
    case 'no-server': {
      const message = 'No server for outgoing mail is known yet. Name one in Broadsheet: Settings > Digest.'
      return fail({ code: 'no-server', message }, isJson)
    }
    case 'nothing-to-tell':
      return fail({ code: mailed.kind, message: 'Nothing came that a digest would tell.' }, isJson)
    case 'sent':
      return isJson ? printJson({ to: mailed.to }) : print(`Sent to ${mailed.to}.`)
    default: {
      const { what, next } = explainDelivery(mailed)
      return fail(
        { code: mailed.kind === 'in-doubt' ? mailed.kind : mailed.failure.reason, message: `${what} ${next}` },
        isJson,
      )
    }
  }
}

type Item = Awaited<ReturnType<EngineClient['digest']>>['parts'][number]['items'][number]

function itemAsText({ id, title, source, summary, link }: Item): string {
  const lines = [`${String(id).padStart(7)}  ${oneLine(title)}  [${oneLine(source)}]`]
  for (const more of [summary, link ?? '']) if (more !== '') lines.push(`         ${oneLine(more)}`)
  return lines.join('\n')
}
