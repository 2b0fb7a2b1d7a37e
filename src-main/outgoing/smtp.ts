/** Hands one message over to a mail server (SMTP, RFC 5321). The only file that speaks by the SMTP library. */
import { Readable } from 'node:stream'
import type SMTPConnection from 'nodemailer/lib/smtp-connection'
import type { Delivery, Outgoing } from '../api/mail/outgoing.ts'
import { isThisComputer } from '../api/mail/this-computer.ts'
import { minute, second } from '../lib/time.ts'
import { silentSeconds } from '../mail-servers/connection.ts'
import { outgoingFailureOf } from './failure.ts'

/** `password` is empty where the server asks for none. */
export type OutgoingAccess = Outgoing & { password: string }

export type Handing = {
  /** The whole message, as it is sent. */
  message: Uint8Array
  /** Called when all but its end has been sent: nothing is delivered before this has returned, or where it throws. */
  onComplete(): void
  signal: AbortSignal
}

/** How long (ms) a server is waited for. */
export type OutgoingPatience = {
  /** While it is to answer a command, or to take what is sent. */
  silence: number
  /** Once it has all of it: servers look for viruses meanwhile, and giving up too soon delivers twice (RFC 5321, 4.5.3.2.6). */
  answer: number
  /** The same, where the program ends. */
  last: number
}

const usualPatience: OutgoingPatience = { silence: silentSeconds * second, answer: 10 * minute, last: 2 * second }
const pieceBytes = 65_536

/** Rejects where `signal` aborts before it begins, and with what `onComplete` throws. What is in doubt may have been delivered. */
export async function handOver(access: OutgoingAccess, handing: Handing, patience = usualPatience): Promise<Delivery> {
  handing.signal.throwIfAborted()
  const { host, security } = access
  if (security === 'none' && !isThisComputer(host)) return { kind: 'failed', failure: { reason: 'in-the-clear', host } }
  // A quarter of a megabyte of code that a program without this never loads.
  const { default: Connection } = await import('nodemailer/lib/smtp-connection')
  const connection = new Connection(optionsFor(access, patience))
  try {
    return await deliver(connection, access, handing, patience)
  } finally {
    connection.close()
  }
}

function optionsFor({ host, port, security }: Outgoing, { silence, answer }: OutgoingPatience) {
  return {
    host,
    port,
    secure: security === 'tls',
    // Where it fails nothing is sent, and the password never in the clear.
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    // The name of this computer is nobody's business.
    name: '[127.0.0.1]',
    connectionTimeout: silence,
    greetingTimeout: silence,
    dnsTimeout: silence,
    // Silence while it is to answer is watched for below.
    socketTimeout: answer,
    socketCloseTimeout: second,
    maxResponseSize: 65_536,
    allowInternalNetworkInterfaces: isThisComputer(host),
    tls: { minVersion: 'TLSv1.2' as const },
  }
}

async function deliver(
  connection: SMTPConnection,
  access: OutgoingAccess,
  { message, onComplete, signal }: Handing,
  patience: OutgoingPatience,
): Promise<Delivery> {
  const { from, to, userName, password, host } = access
  const run = runner(connection, patience)
  let isComplete = false
  let refusal: { error: unknown } | null = null as { error: unknown } | null
  // Where only the answer is missing, it is worth a moment.
  const onAbort = () => run.giveUpAfter(isComplete ? patience.last : 0)
  signal.addEventListener('abort', onAbort, { once: true })

  async function* pieces(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < message.length; at += pieceBytes) {
      run.giveUpAfter(patience.silence)
      yield message.subarray(at, at + pieceBytes)
    }
    try {
      onComplete()
    } catch (error) {
      refusal = { error }
      throw error
    }
    isComplete = true
    run.giveUpAfter(patience.answer)
  }

  try {
    await run.step(done => connection.connect(done))
    if (userName !== '') await run.step(done => connection.login({ user: userName, pass: password }, done))
    const envelope = { from, to: [to], size: message.length }
    await run.step(done => connection.send(envelope, Readable.from(pieces(), { objectMode: false }), done))
    connection.quit()
    return { kind: 'sent' }
  } catch (error) {
    if (refusal) throw refusal.error
    // An answer, even a bad one, says that it was not taken.
    const isAnswered = ((error ?? {}) as { responseCode?: number }).responseCode !== undefined
    if (isComplete && !isAnswered) return { kind: 'in-doubt' }
    const failure = run.isSilent()
      ? ({ reason: 'timeout', host, seconds: patience.silence / second } as const)
      : outgoingFailureOf(error, access)
    return { kind: 'failed', failure }
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}

type Done = (error?: Error | null) => void

/** Runs commands one after another, and gives up a server that is silent, or whose connection ends. */
function runner(connection: SMTPConnection, { silence }: OutgoingPatience) {
  const { promise: ended, reject: end } = Promise.withResolvers<never>()
  ended.catch(() => {})
  connection.on('error', end)
  connection.on('end', () => end(Object.assign(new Error('the connection ended'), { code: 'ECONNECTION' })))
  let isSilent = false
  let timer: NodeJS.Timeout | undefined

  function giveUpAfter(ms: number): void {
    clearTimeout(timer)
    timer = setTimeout(() => {
      isSilent = true
      end(new Error('the server is silent'))
    }, ms)
  }

  return {
    async step(begin: (done: Done) => void): Promise<void> {
      giveUpAfter(silence)
      try {
        await Promise.race([
          ended,
          new Promise<void>((resolve, reject) => begin(error => (error ? reject(error) : resolve()))),
        ])
      } finally {
        clearTimeout(timer)
      }
    },
    giveUpAfter,
    isSilent: () => isSilent,
  }
}
