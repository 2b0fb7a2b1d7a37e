/** Opens the browser without the token on a command line, which all users of the computer can read. */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { minute } from '../lib/time.ts'

/** What opens a file with the user's browser. */
export type Opener = { command: string; args: string[] }

export function openerOf(platform: NodeJS.Platform): Opener {
  if (platform === 'darwin') return { command: 'open', args: [] }
  if (platform === 'win32') return { command: 'explorer.exe', args: [] }
  return { command: 'xdg-open', args: [] }
}

/**
 * Opens a file that redirects to `url` and that only its owner can read. `isOpened` is false where the opener could not be
 * started. The file is removed after a minute, or with `remove`.
 */
export async function openPrivately(
  url: string,
  opener: Opener,
  tempDir: string,
): Promise<{ isOpened: boolean; remove(): void }> {
  const folder = mkdtempSync(path.join(tempDir, 'broadsheet-'))
  const file = path.join(folder, 'open.html')
  writeFileSync(file, redirectPage(url), { mode: 0o600, flag: 'wx' })
  const remove = () => rmSync(folder, { recursive: true, force: true })
  const isOpened = await launch(opener, file)
  if (isOpened) setTimeout(remove, minute).unref()
  else remove()
  return { isOpened, remove }
}

function redirectPage(address: string): string {
  const url = address.replaceAll('&', '&amp;').replaceAll('"', '&quot;')
  return [
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>Broadsheet</title>',
    '<meta name="referrer" content="no-referrer">',
    `<meta http-equiv="refresh" content="0;url=${url}">`,
    `<p><a href="${url}">Open Broadsheet</a></p></html>`,
  ].join('\n')
}

/** True once the opener runs; explorer.exe and some desktops' openers end with an error although they opened it. */
function launch({ command, args }: Opener, file: string): Promise<boolean> {
  return new Promise(resolve => {
    const timer = setTimeout(() => resolve(true), 1_500)
    const child = spawn(command, [...args, file], { stdio: 'ignore', detached: true })
    child.once('error', () => {
      clearTimeout(timer)
      resolve(false)
    })
    child.once('exit', status => {
      clearTimeout(timer)
      // xdg-open says 3 or 4 when there is no browser (its man page); other openers' statuses are not to be believed.
      resolve(status !== 3 && status !== 4)
    })
    child.unref()
  })
}
