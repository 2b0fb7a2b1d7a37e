/** `parse`, `extract` and `stories`: of files, one or a batch, without a store. */
import os from 'node:os'
import { createInterface } from 'node:readline'
import type { Failure } from '../api/model.ts'
import { explainInOneLine } from '../api/reasons.ts'
import { isRecord, parseJson } from '../feeds/json.ts'
import { threadFile } from '../host/file-server.ts'
import { readHeadlines, storiesOf } from '../stories/headline-lines.ts'
import { createPool, type Pool } from '../workers/pool.ts'
import type { Command } from './base/command.ts'
import { asJson, type Complaint, fail, print, readInput } from './base/output.ts'

type Input = { path: string; url: string | null; contentType: string | null }
type Answer = ({ ok: true } & Record<string, unknown>) | ({ ok: false } & Complaint)

/** As for answers of servers. */
const limits = { bytes: 20_000_000, deadlineMs: 8_000, memoryMb: 512 }
/** A file has no address: in a feed relative links stay as they are, in a page they go. */
const noAddress = { parse: '', extract: 'about:blank' }

export async function readDocuments(command: Command): Promise<number> {
  const size = Math.max(1, Math.min(8, os.availableParallelism()))
  const { deadlineMs, memoryMb } = limits
  const pool = createPool({ workerFile: threadFile('worker'), size, deadlineMs, memoryMb })
  try {
    return command.isBatch ? await readBatch(pool, command, size * 2) : await readOne(pool, command)
  } finally {
    await pool.close()
  }
}

async function readOne(pool: Pool, command: Command): Promise<number> {
  const { words, url, contentType, isJson } = command
  const answer = await readDocument(pool, command, { path: words[0] ?? '', url, contentType })
  if (!answer.ok) return fail({ code: String(answer.code), message: String(answer.message) }, isJson)
  const { ok: _, ...result } = answer
  return print(asJson(command.name === 'parse' ? result.feed : result, isJson ? undefined : 2))
}

/** Answers lines as they finish, `atOnce` of them running: a slow feed delays none. A line that fails is answered, too. */
async function readBatch(pool: Pool, command: Command, atOnce: number): Promise<number> {
  const running = new Set<Promise<void>>()
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() === '') continue
    const input = readLine(line, command)
    const work = answerLine(pool, command, input).finally(() => running.delete(work))
    running.add(work)
    if (running.size >= atOnce) await Promise.race(running)
  }
  await Promise.all(running)
  return 0
}

async function answerLine(pool: Pool, command: Command, input: Input | null): Promise<void> {
  const answer: Answer = input
    ? await readDocument(pool, command, input)
    : { ok: false, code: 'bad-line', message: 'A line is {"path", "url", "contentType"} in JSON.' }
  print(asJson({ path: input?.path ?? null, ...answer }))
}

function readLine(line: string, { url, contentType }: Command): Input | null {
  const input = parseJson(line)
  if (!isRecord(input) || typeof input.path !== 'string') return null
  const textOr = (value: unknown, other: string | null) => (typeof value === 'string' ? value : other)
  return { path: input.path, url: textOr(input.url, url), contentType: textOr(input.contentType, contentType) }
}

async function readDocument(pool: Pool, { name }: Command, { path, contentType, ...input }: Input): Promise<Answer> {
  const url = input.url ?? noAddress[name === 'parse' ? 'parse' : 'extract']
  const tooLarge = explainInOneLine({ reason: 'too-large', megabytes: limits.bytes / 1_000_000 })
  const bytes = await readInput(path, limits.bytes, tooLarge)
  if (!Buffer.isBuffer(bytes)) return { ok: false, ...bytes }
  if (name === 'parse') {
    const parsed = await pool.run('parseOnly', { bytes, url, contentType })
    return parsed.ok ? { ok: true, feed: parsed.feed } : refused(parsed.failure)
  }
  const page = await pool.run('extractPage', { bytes, url, contentType })
  return page.ok ? { ok: true, html: page.html, title: page.title, byline: page.byline } : refused(page.failure)
}

function refused(failure: Failure): Answer {
  return { ok: false, code: failure.reason, message: explainInOneLine(failure) }
}

const mostOfHeadlines = 500_000_000

/** Prints which headlines of a file are of one story, by the program's own method. */
export async function groupIntoStories({ words, isJson }: Command): Promise<number> {
  const [file = ''] = words
  const bytes = await readInput(file, mostOfHeadlines, `${file}: a file may have ${mostOfHeadlines / 1e6} MB at most.`)
  if (!Buffer.isBuffer(bytes)) return fail(bytes, isJson)
  const { headlines, bad } = readHeadlines(bytes.toString('utf8'))
  for (const { number, problem } of bad)
    fail({ code: 'bad-line', message: `${file}, line ${number}: ${problem}` }, isJson)
  const answers = await storiesOf(headlines)
  if (answers.length > 0) print(answers.map(answer => asJson(answer)).join('\n'))
  return bad.length > 0 ? 1 : 0
}
