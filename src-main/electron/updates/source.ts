/** Where new versions of this program are, as its package says (`app-update.yml`, which electron-builder puts into its resources). */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { readYaml } from './yaml.ts'

export type UpdateSource = {
  /** The address of the description of the newest version. */
  description: string
  /** The folder of a version's files; ends in a slash. */
  filesOf(version: string): string
  /** For the reader's browser. */
  pageOf(version: string | null): string
  /** `host:port` where the source is on this computer, as in tests; else null. */
  privateHost: string | null
}

const shape = z.union([
  z.object({ provider: z.literal('generic'), url: z.url(), channel: z.string().optional() }),
  z.object({
    provider: z.literal('github'),
    owner: z.string().regex(/^[\w.-]+$/),
    repo: z.string().regex(/^[\w.-]+$/),
    channel: z.string().optional(),
  }),
])

/** The suffix of the description's name. */
function platformSuffix(platform: NodeJS.Platform, arch: string): string {
  if (platform === 'darwin') return '-mac'
  if (platform === 'linux') return arch === 'x64' ? '-linux' : `-linux-${arch}`
  return ''
}

type Computer = { platform: NodeJS.Platform; arch: string }

/** Null where the package names no server, or none that may be asked. */
export function readSource(resources: string, computer: Computer): UpdateSource | null {
  try {
    return sourceOf(readFileSync(join(resources, 'app-update.yml'), 'utf8'), computer)
  } catch {
    return null
  }
}

export function sourceOf(text: string, { platform, arch }: Computer): UpdateSource | null {
  const read = readYaml(text, shape)
  if (!read) return null
  const name = `${/^[\w-]+$/.test(read.channel ?? '') ? read.channel : 'latest'}${platformSuffix(platform, arch)}.yml`
  if (read.provider === 'github') {
    const page = `https://github.com/${read.owner}/${read.repo}/releases`
    return {
      description: `${page}/latest/download/${name}`,
      filesOf: version => `${page}/download/v${version}/`,
      pageOf: version => (version === null ? `${page}/latest` : `${page}/tag/v${version}`),
      privateHost: null,
    }
  }
  const base = new URL(read.url.endsWith('/') ? read.url : `${read.url}/`)
  const isHere = base.protocol === 'http:' && base.hostname === '127.0.0.1'
  if (base.protocol !== 'https:' && !isHere) return null
  return {
    description: new URL(name, base).href,
    filesOf: () => base.href,
    pageOf: () => base.href,
    privateHost: isHere ? base.host : null,
  }
}
