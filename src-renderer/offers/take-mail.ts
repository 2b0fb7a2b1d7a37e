/** Takes in messages from a file that was dropped or opened: each is an article of its sender's newsletter. Can be undone. */
import { explainMessage } from '../../src-main/api/mail/message-reasons.ts'
import { base64Of } from '../lib/base64.ts'
import { deeds, importWords } from '../messages/newsletters/import.ts'
import type { App } from '../state/app.svelte.ts'

type Parts = Pick<App, 'actions' | 'engine' | 'toasts'>

const mostBytes = 200_000_000

export async function takeMail({ actions, engine, toasts }: Parts, file: File): Promise<void> {
  if (file.size > mostBytes) return void toasts.add({ kind: 'problem', text: importWords.tooLarge(file.name) })
  const imported = await actions.act(
    async () => ({ undoId: null, ...(await engine.importMail({ file: base64Of(await file.bytes()) })) }),
    answer => (answer.kind === 'imported' ? deeds.imported(answer) : deeds.imported({ newMessages: 0, feedIds: [] })),
  )
  if (!imported) return
  if (imported.kind === 'failed') {
    const { what } = explainMessage(imported.failure)
    toasts.add({ kind: 'problem', text: importWords.failed(file.name, what) })
    return
  }
  // Where nobody was followed for it there is nothing to take back, and it is said all the same.
  if (imported.undoId === null) toasts.add({ text: deeds.imported(imported).done })
  if (imported.unreadable > 0) toasts.add({ kind: 'problem', text: importWords.unreadable(imported.unreadable) })
}
