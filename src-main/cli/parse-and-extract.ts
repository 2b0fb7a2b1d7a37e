/** Feeds and pages on disk: `parse` and `extract`, one at a time or as a batch, through the worker pool; no store. */
import { readFile, stat } from 'node:fs/promises'
import os from 'node:os'
import { createInterface } from 'node:readline'
import type { Failure } from '../api/model.ts'
import { explainInOneLine } from '../api/reasons.ts'
import { threadFile } from '../host/file-server.ts'
import { createPool, type Pool } from '../workers/pool.ts'
import type { Command } from './arguments.ts'
import { asJson, type Complaint, fail, print } from './output.ts'

type Job = { path: string; url: string | null; contentType: string | null }
type Answer = ({ ok: true } & Record<string, unknown>) | ({ ok: false } & Complaint)

/** As for what comes over the network. */
const limits = { bytes: 20_000_000, deadlineMs: 8_000, memoryMb: 512 }
/** A file has no address of its own; in a feed, links that need one stay as they are, in a page they go. */
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

/** Answers lines as they finish, `atOnce` of them under way: a slow feed holds nobody up. A line that fails is an answer, too. */
async function readBatch(pool: Pool, command: Command, atOnce: number): Promise<number> {
  const underWay = new Set<Promise<void>>()
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() === '') continue
    const job = readJob(line, command)
    const work = answerLine(pool, command, job).finally(() => underWay.delete(work))
    underWay.add(work)
    if (underWay.size >= atOnce) await Promise.race(underWay)
  }
  await Promise.all(underWay)
  return 0
}

async function answerLine(pool: Pool, command: Command, job: Job | null): Promise<void> {
  const answer: Answer = job
    ? await readDocument(pool, command, job)
    : { ok: false, code: 'bad-line', message: 'A line is {"path", "url", "contentType"} in JSON.' }
  print(asJson({ path: job?.path ?? null, ...answer }))
}

function readJob(line: string, { url, contentType }: Command): Job | null {
  try {
    const job: unknown = JSON.parse(line)
    if (typeof job !== 'object' || job === null || !('path' in job) || typeof job.path !== 'string') return null
    return {
      path: job.path,
      url: 'url' in job && typeof job.url === 'string' ? job.url : url,
      contentType: 'contentType' in job && typeof job.contentType === 'string' ? job.contentType : contentType,
    }
  } catch {
    return null
  }
}

async function readDocument(pool: Pool, { name }: Command, { path, contentType, ...job }: Job): Promise<Answer> {
  const url = job.url ?? noAddress[name === 'parse' ? 'parse' : 'extract']
  const bytes = await readBytes(path)
  if (!(bytes instanceof Uint8Array)) return { ok: false, ...bytes }
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

async function readBytes(path: string): Promise<Uint8Array | Complaint> {
  try {
    const { size } = await stat(path)
    if (size <= limits.bytes) return await readFile(path)
    return {
      code: 'too-large',
      message: explainInOneLine({ reason: 'too-large', megabytes: limits.bytes / 1_000_000 }),
    }
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error)
    return { code: 'no-file', message: `${path} can't be read: ${detail}` }
  }
}
