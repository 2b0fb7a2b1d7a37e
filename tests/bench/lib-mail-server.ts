/**
 * The mailbox of the bench, in a process of its own: what making 10,000 messages and one of 30 MB takes is no memory of the
 * program. Run as a program it is that process.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { startDovecot } from '../support/dovecot.ts'
import { letter } from '../support/letters.ts'
import { createRandom } from '../torture/random.ts'

export const user = 'ann'

export type MailServer = {
  port: number
  /** Puts one more message of about so many bytes into the mailbox: one with a file. */
  deliverLarge(bytes: number): Promise<void>
  stop(): Promise<void>
}

type Request = { kind: 'large'; bytes: number } | { kind: 'stop' }
type Answer = { port: number }

const program = fileURLToPath(import.meta.url)
const lists = 50

/** Answers once the mailbox has so many messages. */
export async function startMailServer(messages: number): Promise<MailServer> {
  const child = fork(program, [`${messages}`])
  const ask = async (request: Request): Promise<Answer> => {
    child.send(request)
    return answerOf(child)
  }
  const { port } = await answerOf(child)
  return {
    port,
    deliverLarge: async bytes => void (await ask({ kind: 'large', bytes })),
    async stop() {
      const gone = once(child, 'exit')
      await ask({ kind: 'stop' })
      child.disconnect()
      await gone
    },
  }
}

async function answerOf(child: ChildProcess): Promise<Answer> {
  const over = new AbortController()
  const ended = once(child, 'exit', over).then(() => {
    throw new Error('the mail server ended')
  })
  ended.catch(() => {})
  const [answer] = (await Promise.race([once(child, 'message', over), ended])) as [Answer]
  over.abort()
  return answer
}

async function serve(messages: number): Promise<void> {
  const server = await startDovecot()
  const answer: Answer = { port: server.port }
  for (let id = 0; id < messages; id++) server.deliver(user, anIssue(id))
  process.on('message', async (request: Request) => {
    if (request.kind === 'large') server.deliver(user, withAttachment(messages, request.bytes))
    else await server.stop()
    process.send?.(answer)
  })
  // The bench was broken off.
  process.on('disconnect', () => void server.stop())
  process.send?.(answer)
}

/** Each of other words: of texts that are alike, stories would be sought. */
function anIssue(id: number, size = 8_000): string {
  const list = `list${id % lists}.harbour.example`
  const sentence = () => Array.from({ length: 14 }, word).join(' ')
  const paragraph = () => `<p>${sentence()}; <a href="https://harbour.example/${id}">${word()}</a>.</p>\n`
  const html = `<h1>${sentence()}</h1>${Array.from({ length: size / 150 }, paragraph).join('')}`
  return letter({ id, list, from: `news@${list}`, name: `Paper ${id % lists}`, subject: sentence(), html })
}

const syllables = [
  'ta',
  'ri',
  'mo',
  'len',
  'ko',
  'su',
  'fer',
  'da',
  'ni',
  'bar',
  'to',
  'wes',
  'gil',
  'pu',
  'ra',
  'chen',
]
const random = createRandom(7)

/** One of 4,096 words, the same at each run. */
function word(): string {
  return Array.from({ length: 3 }, () => random.pick(syllables)).join('')
}

/** An issue with a file of so many bytes. */
function withAttachment(id: number, bytes: number): string {
  const [head = '', html = ''] = anIssue(id).split('\r\n\r\n')
  const lines = `${'A'.repeat(76)}\r\n`.repeat(bytes / 78)
  const parts = [
    '',
    'Content-Type: text/html; charset=utf-8',
    '',
    html,
    '--b',
    'Content-Type: application/pdf; name="tides.pdf"',
  ]
  const file = ['Content-Disposition: attachment; filename="tides.pdf"', 'Content-Transfer-Encoding: base64', '', lines]
  const mixed = head.replace('text/html; charset=utf-8', 'multipart/mixed; boundary=b')
  return `${mixed}\r\n\r\n--b${parts.join('\r\n')}\r\n${file.join('\r\n')}--b--\r\n`
}

if (process.argv[1] === program) await serve(Number(process.argv[2]))
