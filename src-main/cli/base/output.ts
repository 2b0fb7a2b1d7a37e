/** Output of the command line: answers on stdout, what failed on stderr, one line each. Input from files. */
import { readFile, stat } from 'node:fs/promises'
import { EngineError } from '../../api/contract/rpc.ts'

export type Complaint = { code: string; message: string }

/** The exit code is 0. */
export function print(text: string): 0 {
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`)
  return 0
}

export function printJson(value: unknown): 0 {
  return print(asJson(value))
}

/** JSON that is safe on a terminal: the characters that move its cursor, which JSON.stringify leaves, are escaped as well. */
export function asJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, null, indent).replace(
    /[\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g,
    character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/** Writes to stderr, and returns the exit code. */
export function fail({ code, message }: Complaint, isJson: boolean, exitCode: 1 | 2 = 1): 1 | 2 {
  const text = isJson ? asJson({ code, message }) : oneLine(message)
  process.stderr.write(`${text}\n`)
  return exitCode
}

/** Text of a feed or a server, which must not move the terminal's cursor or colour its text. */
export function oneLine(text: string): string {
  return text.replace(/[\s\p{Cc}\u202a-\u202e\u2066-\u2069]+/gu, ' ').trim()
}

/** `broadsheet list | head` closes stdout early, which is no error. */
export function endQuietlyWhenNobodyReads(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    process.exit(error.code === 'EPIPE' ? 0 : 1)
  })
}

const engineWords: Record<EngineError['code'], string> = {
  'invalid-input': 'That is not a value Broadsheet can work with.',
  'unknown-name': 'This engine does not know that command.',
  'not-found': 'There is nothing with this number.',
  superseded: 'Another search took the place of this one.',
  'storage-full': 'The disk is full; nothing was changed.',
  'storage-read-only': 'The data folder may not be written; nothing was changed.',
  'storage-damaged': 'The database is damaged.',
  closed: 'The engine ended before it could answer.',
  internal: 'Broadsheet made a mistake.',
}

/** In words, what the engine refused; any other error is a mistake of ours, and thrown again. */
export function complaintOf(error: unknown): Complaint {
  if (!(error instanceof EngineError)) throw error
  const detail = oneLine(error.message)
  return { code: error.code, message: `${engineWords[error.code]}${detail === '' ? '' : ` (${detail})`}` }
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** A file of at most `mostBytes`, else what is wrong: `tooLarge` where it has more. */
export async function readInput(file: string, mostBytes: number, tooLarge: string): Promise<Buffer | Complaint> {
  try {
    const { size } = await stat(file)
    return size <= mostBytes ? await readFile(file) : { code: 'too-large', message: tooLarge }
  } catch (error) {
    return { code: 'no-file', message: `${file} can't be read: ${messageOf(error)}` }
  }
}
