/** An AppImage is one file: the new one takes its place, under the name that it has. */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs'
import { AppImageUpdater } from 'electron-updater'
import { UpdateError } from './failure.ts'

/**
 * electron-updater's own way deletes the old file before the new one is there, so that a full disk leaves the user without a
 * program, and gives it a new name, which the entries in menus and autostart do not know.
 */
export class AppImage extends AppImageUpdater {
  readonly #args: string[]

  constructor(app: unknown, args: string[]) {
    super(null, app)
    this.#args = args
  }

  protected override doInstall({ isForceRunAfter }: { isForceRunAfter: boolean }): boolean {
    const own = process.env.APPIMAGE
    const loaded = this.installerPath
    const announced = this.downloadedUpdateHelper?.downloadedFileInfo?.sha512
    if (!own || !loaded || !announced) return false
    try {
      replaceFile(own, loaded, announced)
    } finally {
      // Where it could not be replaced, that is the old one, which says so.
      if (isForceRunAfter) spawn(own, this.#args, { detached: true, stdio: 'ignore' }).unref()
    }
    return true
  }
}

/** `sha512`: of the new file. It may have lain there for days. */
function replaceFile(own: string, loaded: string, sha512: string): void {
  const content = readFileSync(loaded)
  if (createHash('sha512').update(content).digest('base64') !== sha512) throw new UpdateError('wrong-digest', loaded)
  const beside = `${own}.new`
  try {
    const file = openSync(beside, 'w', 0o755)
    try {
      for (let at = 0; at < content.length; ) at += writeSync(file, content, at)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    renameSync(beside, own)
  } catch (error) {
    rmSync(beside, { force: true })
    throw error
  }
  rmSync(loaded, { force: true })
}
