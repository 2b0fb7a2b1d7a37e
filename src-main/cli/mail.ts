/** `mail`: takes in messages from files. */
import type { EngineClient } from '../api/contract/rpc.ts'
import { explainMessage } from '../api/mail/message-reasons.ts'
import type { Command } from './base/command.ts'
import { fail, print, printJson, readInput } from './base/output.ts'

const mostBytes = 200_000_000

export async function importMail(engine: EngineClient, { words, isJson }: Command): Promise<number> {
  const totals = { messages: 0, newMessages: 0, unreadable: 0 }
  const feedIds = new Set<number>()
  let exitCode = 0
  for (const path of words) {
    const tooLarge = `${path}: a file of messages may have ${mostBytes / 1_000_000} MB at most. Split it.`
    const input = await readInput(path, mostBytes, tooLarge)
    if (!Buffer.isBuffer(input)) {
      exitCode = fail(input, isJson)
      continue
    }
    const imported = await engine.importMail({ file: input.toString('base64') })
    if (imported.kind === 'failed') {
      const { what, next } = explainMessage(imported.failure)
      exitCode = fail({ code: imported.failure.reason, message: `${path}: ${what} ${next}` }, isJson)
      continue
    }
    totals.messages += imported.messages
    totals.newMessages += imported.newMessages
    totals.unreadable += imported.unreadable
    for (const id of imported.feedIds) feedIds.add(id)
  }
  if (isJson) printJson({ ...totals, feedIds: [...feedIds] })
  else if (totals.messages > 0) print(inWords(totals, feedIds.size))
  return totals.unreadable > 0 ? 1 : exitCode
}

function inWords({ messages, newMessages, unreadable }: Record<string, number>, newsletters: number): string {
  const left = unreadable ? ` ${unreadable} could not be read.` : ''
  return `${newMessages} new of ${messages} messages, of ${newsletters} ${newsletters === 1 ? 'newsletter' : 'newsletters'}.${left}`
}
