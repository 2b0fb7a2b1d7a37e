/** A version and its files; which of them is for this computer. */

export type ReleaseFile = { name: string; sha512: string; bytes: number | null }

export type Release = {
  version: string
  files: ReleaseFile[]
  notes: string
  /** Of a hundred computers so many are to have it already. */
  percent: number
}

const otherArchitectures = /(?:^|[-_.])(arm64|aarch64|armv7l|ia32|x64|x86_64|amd64)(?=[-_.])/i
const namesOf: Record<string, string[]> = { x64: ['x64', 'x86_64', 'amd64'], arm64: ['arm64', 'aarch64'] }

/** The file for this computer: one of its architecture, else one that names none. */
export function fileFor({ files }: Release, extension: string, arch: string): ReleaseFile | null {
  const fitting = files.filter(({ name }) => name.toLowerCase().endsWith(extension.toLowerCase()))
  const named = (name: string) => otherArchitectures.exec(name)?.[1]?.toLowerCase()
  const own = fitting.find(({ name }) => namesOf[arch]?.includes(named(name) ?? ''))
  return own ?? fitting.find(({ name }) => named(name) === undefined) ?? null
}
