/** As much of Electron's runtimes as packing needs: a program with the place of Electron's switches, all of them on. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { emptyProgram } from './windows-program.ts'

/** The letters after it are Electron's switches, in the order of @electron/fuses: 0 is off, 1 on. */
export const fuseMark = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
const switches = `${fuseMark}\x01\x0811111111`

/** The program says how it was called. */
export function standInForLinux(folder: string): void {
  put(folder, 'electron', `#!/bin/sh\nprintf '%s\\n' "$@"\nexit\n${switches}`)
  put(folder, 'chrome-sandbox')
  putLicences(folder)
}

export function standInForWindows(folder: string): void {
  put(folder, 'electron.exe', emptyProgram(switches))
  putLicences(folder)
}

export function standInForMac(folder: string): void {
  const contents = 'Electron.app/Contents'
  for (const [bundle, name] of [
    [contents, 'Electron'],
    [`${contents}/Frameworks/Electron Helper.app/Contents`, 'Electron Helper'],
  ] as const) {
    put(folder, `${bundle}/Info.plist`, plist(name))
    put(folder, `${bundle}/MacOS/${name}`)
  }
  put(folder, `${contents}/Frameworks/Electron Framework.framework/Electron Framework`, switches)
  put(folder, `${contents}/Resources/electron.icns`)
  putLicences(folder)
}

function putLicences(folder: string): void {
  for (const name of ['LICENSE', 'LICENSES.chromium.html', 'version']) put(folder, name)
}

function put(folder: string, name: string, content: string | Buffer = ''): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true })
  writeFileSync(join(folder, name), content, { encoding: 'latin1', mode: 0o755 })
}

function plist(program: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0"><dict><key>CFBundleExecutable</key><string>${program}</string></dict></plist>`
}
