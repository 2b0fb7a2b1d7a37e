/** A server of versions on this computer, and a program that looks there: the real client, and the real electron-updater. */
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { UpdatePhase, UpdateWay } from '../../src-main/api/host/updates.ts'
import { askForRelease } from '../../src-main/electron/updates/ask.ts'
import { createInstaller } from '../../src-main/electron/updates/installer.ts'
import { UpdateMemoryFile } from '../../src-main/electron/updates/memory.ts'
import { sourceOf } from '../../src-main/electron/updates/source.ts'
import { Updates } from '../../src-main/electron/updates/updates.ts'
import { createHttp } from '../../src-main/http/client.ts'

export const fileName = 'Broadsheet-9.0.0.AppImage'

export function digestOf(content: string): string {
  return createHash('sha512').update(content).digest('base64')
}

/** The description of a version whose one file is `content`. */
export function describe(version: string, content: string, more = ''): string {
  return `version: ${version}
files:
  - url: ${fileName}
    sha512: ${digestOf(content)}
    size: ${Buffer.byteLength(content)}
path: ${fileName}
sha512: ${digestOf(content)}
releaseNotes: A tray
${more}`
}

type Answer = (response: ServerResponse, request: IncomingMessage) => void

export const answerWith =
  (body: string, status = 200, headers: Record<string, string> = {}): Answer =>
  response =>
    response.writeHead(status, headers).end(body)

/** What lies at each path, and what was asked for. */
export class UpdateServer implements AsyncDisposable {
  readonly requests: { path: string; headers: IncomingMessage['headers'] }[] = []
  readonly answers = new Map<string, Answer>()
  readonly #server = createServer((request, response) => {
    const path = request.url ?? ''
    this.requests.push({ path, headers: request.headers })
    const answer = this.answers.get(path) ?? answerWith('no such file', 404)
    answer(response, request)
  })

  static async start(): Promise<UpdateServer> {
    const server = new UpdateServer()
    server.#server.listen(0, '127.0.0.1')
    await once(server.#server, 'listening')
    return server
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  /** What a package that looks here says. */
  get config(): string {
    return `provider: generic\nurl: ${this.origin}\nupdaterCacheDirName: broadsheet-updater\n`
  }

  /** Offers a version whose file is `content`. */
  offer(version: string, content: string, more = ''): void {
    this.answers.set('/latest-linux.yml', answerWith(describe(version, content, more)))
    this.answers.set(`/${fileName}`, answerWith(content))
  }

  get paths(): string[] {
    return this.requests.map(({ path }) => path)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections()
    this.#server.close()
    await once(this.#server, 'close')
  }
}

type ProgramOptions = { version?: string; way?: UpdateWay; place?: number; firstStartAt?: number }

/** Noon of some day; the program was first started the day before that of the day before. */
export const someNoon = Date.UTC(2026, 10, 20, 12)
const day = 24 * 60 * 60 * 1_000

/** An AppImage of 1.0.0 in a folder of its own, and its updates. */
export class Program implements AsyncDisposable {
  readonly dir = mkdtempSync(join(tmpdir(), 'broadsheet-update-'))
  readonly appImage = join(this.dir, 'apps', 'Broadsheet.AppImage')
  readonly phases: UpdatePhase['kind'][] = []
  readonly log: string[] = []
  now = someNoon
  mayAsk = true
  readonly #http = createHttp({ environment: {} })
  readonly #server: UpdateServer
  readonly #options: ProgramOptions
  updates: Updates

  constructor(server: UpdateServer, options: ProgramOptions = {}) {
    this.#server = server
    this.#options = options
    mkdirSync(join(this.dir, 'apps'))
    writeFileSync(this.appImage, 'the old program')
    chmodSync(this.appImage, 0o755)
    writeFileSync(join(this.dir, 'app-update.yml'), server.config)
    process.env.APPIMAGE = this.appImage
    this.updates = this.#start()
  }

  /** As another start of the program would. */
  startAgain(version?: string): void {
    this.updates = this.#start(version)
  }

  get installed(): string {
    return readFileSync(this.appImage, 'utf8')
  }

  has(name: string): boolean {
    return existsSync(join(this.dir, name))
  }

  #start(version = this.#options.version ?? '1.0.0'): Updates {
    const { place = 50, firstStartAt = someNoon - 2 * day, way = 'install' } = this.#options
    const fresh = { firstStartAt, place, checkedAt: null, found: null, installing: null }
    return new Updates({
      version,
      arch: 'x64',
      way,
      extension: way === 'install' ? '.AppImage' : null,
      memory: new UpdateMemoryFile(join(this.dir, 'updates.json'), fresh),
      now: () => this.now,
      mayAsk: () => this.mayAsk,
      source: async () => sourceOf(this.#server.config, { platform: 'linux', arch: 'x64' }),
      ask: source => askForRelease(this.#http, source),
      installer: async () =>
        createInstaller({
          kind: 'appimage',
          version,
          http: this.#http,
          resources: this.dir,
          folder: join(this.dir, 'updates'),
          log: line => this.log.push(String(line)),
          quit: () => undefined,
          args: ['--data', join(this.dir, 'data')],
        }),
      onChange: ({ phase }) => this.phases.push(phase.kind),
    })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#http.close()
    delete process.env.APPIMAGE
    rmSync(this.dir, { recursive: true, force: true, maxRetries: 5 })
  }
}
