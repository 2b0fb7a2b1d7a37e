/** Programs of Windows, by the library with which electron-builder changes them. Its types would bring those of a browser along. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const { NtExecutable, NtExecutableResource, Resource } = createRequire(import.meta.url)('resedit')
const english = { lang: 1033, codepage: 1200 }

/** One that does nothing, with the resources that a program there has, and `content` at its end. */
export function emptyProgram(content: string): Buffer {
  const program = NtExecutable.createEmpty(false, false)
  program.setExtraData(new Uint8Array(Buffer.from(content, 'latin1')).buffer)
  const resources = NtExecutableResource.from(program)
  const about = Resource.VersionInfo.createEmpty()
  about.setStringValues(english, { ProductName: 'Electron', FileVersion: '1.0.0.0' })
  about.outputToResourceEntries(resources.entries)
  resources.outputResource(program)
  return Buffer.from(program.generate())
}

/** `types` are those of its resources. */
export function readProgram(file: string): { about: Record<string, string>; icons: number; types: unknown[] } {
  const { entries } = NtExecutableResource.from(NtExecutable.from(readFileSync(file)))
  return {
    about: Resource.VersionInfo.fromEntries(entries)[0].getStringValues(english),
    icons: Resource.IconGroupEntry.fromEntries(entries)[0].icons.length,
    types: entries.map(({ type }: { type: unknown }) => type),
  }
}
