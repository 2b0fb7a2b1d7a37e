/** Makes files and directory entries durable. */
import { closeSync, fsyncSync, openSync } from 'node:fs'

export function syncFile(file: string): void {
  sync(file, 'r+')
}

/** A new name is on the disk only when its folder is. Windows has no such call and needs none. */
export function syncFolder(folder: string): void {
  if (process.platform !== 'win32') sync(folder, 'r')
}

function sync(path: string, flags: string): void {
  const handle = openSync(path, flags)
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
