/**
 * Looks for new versions as the reader chose. No server is asked before that: the first request follows the choice, or a click on
 * 'Look now'.
 */
import type { NewVersion, UpdatePhase, UpdateState, UpdateWay } from '../../api/host/updates.ts'
import type { UpdateChoice } from '../../api/settings.ts'
import { day } from '../../lib/time.ts'
import { failureOf, UpdateError } from './failure.ts'
import type { Installer } from './installer.ts'
import type { UpdateMemoryFile } from './memory.ts'
import { fileFor, type Release, type ReleaseFile } from './release-files.ts'
import { isDue } from './schedule.ts'
import type { UpdateSource } from './source.ts'
import { orderOf } from './versions.ts'

export type UpdateParts = {
  version: string
  arch: string
  way: UpdateWay
  /** The ending of the file that installs; null where the program can't. */
  extension: string | null
  memory: UpdateMemoryFile
  now(): number
  /** What asking and loading need is loaded when it is wanted: no start waits for it. Null where no server may be asked. */
  source(): Promise<UpdateSource | null>
  /** Throws UpdateError. */
  ask(source: UpdateSource): Promise<Release>
  installer(): Promise<Installer>
  /** See schedule.ts. */
  mayAsk(): boolean
  onChange(state: UpdateState): void
}

export class Updates {
  readonly #parts: UpdateParts
  #choice: UpdateChoice = 'unasked'
  #phase: UpdatePhase = { kind: 'unknown' }
  #found: { release: Release; file: ReleaseFile | null } | null = null
  #loaded: Installer | null = null
  #checking: Promise<void> | null = null
  #loading: AbortController | null = null
  /** False until the settings are known: the reader may have chosen long ago. */
  #hasChoice = false
  #wasToAsk = false

  constructor(parts: UpdateParts) {
    this.#parts = parts
    this.#lookBack()
  }

  get state(): UpdateState {
    const { version, way, memory } = this.#parts
    return { version, way, isToAsk: this.#isToAsk, checkedAt: memory.current.checkedAt, phase: this.#phase }
  }

  /** The next version is here, whole and checked. */
  get isReady(): boolean {
    return this.#phase.kind === 'ready'
  }

  /** Of what was loaded: macOS's updater ends the program. */
  get endsItself(): boolean {
    return this.#loaded?.endsItself ?? false
  }

  /** What the settings say, now and at each change. */
  follow(choice: UpdateChoice): void {
    const isFirst = !this.#hasChoice
    if (choice === this.#choice && !isFirst) return
    this.#choice = choice
    this.#hasChoice = true
    if (!this.#isLooking) {
      this.#loading?.abort()
      this.#found = null
      this.#show({ kind: 'unknown' })
      return
    }
    this.#announce()
    // At a start everything else comes first.
    if (isFirst) return
    if (this.#found) void this.#loadFound()
    else void this.check()
  }

  /** Called once in a while: looks where it is time, and asks the reader once the first day is over. */
  async tick(): Promise<void> {
    if (this.#isToAsk && !this.#wasToAsk) this.#announce()
    const { memory, mayAsk, now, version } = this.#parts
    const { checkedAt, found, place } = memory.current
    const isWaiting = found !== null && orderOf(found, version) === 'newer' && this.#phase.kind === 'unknown'
    if (!this.#isLooking || this.#loading || this.isReady || !mayAsk()) return
    if (isWaiting || isDue(now(), checkedAt, place)) await this.check()
  }

  /** Asks now. `byHand`: the reader does, who is told of versions, too, that only some are to have yet. */
  check(byHand = false): Promise<void> {
    if (this.#loading || this.isReady) return Promise.resolve()
    this.#checking ??= this.#ask(byHand).finally(() => {
      this.#checking = null
    })
    return this.#checking
  }

  async load(): Promise<void> {
    if (this.#loading || this.isReady || !this.#found) return
    const { release, file } = this.#found
    const next = versionOf(release)
    const loading = new AbortController()
    this.#loading = loading
    this.#show({ kind: 'loading', share: 0, ...next })
    try {
      const source = await this.#parts.source()
      if (!file || !source) throw new UpdateError('no-file')
      const installer = await this.#parts.installer()
      const from = source.filesOf(release.version)
      const { privateHost } = source
      const onShare = (share: number) => this.#showShare(share, next)
      await installer.load({ release, file, from, privateHost, signal: loading.signal, onShare })
      loading.signal.throwIfAborted()
      this.#loaded = installer
      this.#show({ kind: 'ready', ...next })
    } catch (error) {
      if (!loading.signal.aborted) this.#fail(error, next)
    } finally {
      this.#loading = null
    }
  }

  /** What was loaded takes the place of this program; the next start tells whether it did. */
  install(restart: boolean): void {
    const { phase } = this.state
    if (!this.#loaded || phase.kind !== 'ready') return
    this.#parts.memory.change({ installing: phase.version })
    this.#loaded.install(restart)
  }

  /** What became of the version that was to be installed when the program last ended. */
  #lookBack(): void {
    const { memory, version } = this.#parts
    const { found, installing } = memory.current
    if (installing !== null && orderOf(installing, version) === 'newer')
      this.#phase = { kind: 'failed', reason: 'not-installed', detail: installing, next: null }
    const isRunning = found !== null && orderOf(found, version) !== 'newer'
    if (installing !== null || isRunning) memory.change({ installing: null, found: isRunning ? null : found })
  }

  get #isToAsk(): boolean {
    const { memory, now, way } = this.#parts
    const isOffered = this.#hasChoice && (way === 'install' || way === 'tell')
    return isOffered && this.#choice === 'unasked' && now() - memory.current.firstStartAt >= day
  }

  get #isLooking(): boolean {
    return this.#choice === 'tell' || this.#choice === 'install'
  }

  get #mayInstall(): boolean {
    return this.#choice === 'install' && this.#parts.way === 'install'
  }

  async #ask(byHand: boolean): Promise<void> {
    const { arch, ask, extension, memory, now, version } = this.#parts
    this.#show({ kind: 'checking' })
    try {
      const source = await this.#parts.source()
      if (!source) throw new UpdateError('unreadable', 'app-update.yml')
      const release = await ask(source)
      const order = orderOf(release.version, version)
      if (order === null) throw new UpdateError('unreadable', release.version.slice(0, 100))
      const isNewer = order === 'newer' && (byHand || memory.current.place < release.percent)
      memory.change({ checkedAt: now(), found: isNewer ? release.version : null })
      // The choice may have been taken back meanwhile.
      if (!byHand && !this.#isLooking) return this.#show({ kind: 'unknown' })
      this.#found = isNewer ? { release, file: extension === null ? null : fileFor(release, extension, arch) } : null
      this.#show(isNewer ? { kind: 'there', ...versionOf(release) } : { kind: 'newest' })
      await this.#loadFound()
    } catch (error) {
      memory.change({ checkedAt: now() })
      this.#fail(error, null)
    }
  }

  async #loadFound(): Promise<void> {
    if (this.#mayInstall && this.#found) await this.load()
  }

  #fail(error: unknown, next: NewVersion | null): void {
    const { reason, message: detail } = failureOf(error)
    this.#show({ kind: 'failed', reason, detail, next })
  }

  /** A window needs no more than hundredths. */
  #showShare(share: number, next: NewVersion): void {
    const before = this.#phase.kind === 'loading' ? this.#phase.share : 1
    if (share - before >= 0.01) this.#show({ kind: 'loading', share, ...next })
  }

  #show(phase: UpdatePhase): void {
    this.#phase = phase
    this.#announce()
  }

  #announce(): void {
    this.#wasToAsk = this.#isToAsk
    this.#parts.onChange(this.state)
  }
}

function versionOf({ version, notes }: Release): NewVersion {
  return { version, notes }
}
