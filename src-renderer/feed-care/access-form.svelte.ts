/** Credentials, proxy and User-Agent of a feed as a form: what is stored, what was typed, and what is to be changed. */
import type { Input } from '../../src-main/api/contract/contract.ts'
import type { EngineClient } from '../../src-main/api/contract/rpc.ts'
import type { EngineErrorCode } from '../../src-main/api/errors.ts'
import type { FeedAccess } from '../../src-main/api/model.ts'
import { problemOf } from '../lib/problem.ts'

export type AccessEngine = Pick<EngineClient, 'feedAccess' | 'setFeedAccess'>
type Change = Omit<Input<'setFeedAccess'>, 'feedId'>
type AccessMistakes = { password?: true; proxy?: 'no-proxy' | 'password-too'; userAgent?: true }

/** Stands in the proxy's address for a stored password, which is never sent to a window. */
const mask = '••••••'

export class AccessForm {
  userName = $state('')
  password = $state('')
  proxy = $state('')
  userAgent = $state('')
  /** As stored; null until loaded. */
  kept = $state.raw<FeedAccess | null>(null)
  isBusy = $state(false)
  done = $state<'saved' | 'forgotten' | null>(null)
  /** What the engine refused. */
  problem = $state<EngineErrorCode | null>(null)
  readonly hasCredentials = $derived((this.kept?.userName ?? null) !== null)
  readonly mistakes = $derived(this.#mistakes())
  readonly change = $derived(this.#change())
  readonly canSave = $derived(Object.keys(this.mistakes).length === 0 && Object.keys(this.change).length > 0)
  readonly #engine: AccessEngine
  readonly #feedId: number

  constructor(engine: AccessEngine, feedId: number) {
    this.#engine = engine
    this.#feedId = feedId
  }

  async load(): Promise<void> {
    await this.#trying(() => this.#load())
  }

  async save(): Promise<void> {
    if (!this.canSave) return
    await this.#trying(async () => {
      await this.#engine.setFeedAccess({ feedId: this.#feedId, ...this.change })
      await this.#load()
      this.done = 'saved'
    })
  }

  /** Deletes the credentials; other fields keep what was typed. */
  async forget(): Promise<void> {
    await this.#trying(async () => {
      await this.#engine.setFeedAccess({ feedId: this.#feedId, credentials: null })
      this.userName = ''
      this.password = ''
      if (this.kept) this.kept = { ...this.kept, userName: null }
      this.done = 'forgotten'
    })
  }

  async #load(): Promise<void> {
    const kept = await this.#engine.feedAccess({ feedId: this.#feedId })
    // What was typed before the first answer stays.
    const typed = this.kept === null ? this.#fields() : null
    this.kept = kept
    this.userName = typed?.userName || (kept.userName ?? '')
    this.password = typed?.password ?? ''
    this.proxy = typed?.proxy || masked(kept)
    this.userAgent = typed?.userAgent || (kept.userAgent ?? '')
  }

  #fields() {
    const { userName, password, proxy, userAgent } = this
    return { userName, password, proxy, userAgent }
  }

  async #trying(work: () => Promise<void>): Promise<void> {
    this.isBusy = true
    this.done = null
    this.problem = null
    try {
      await work()
    } catch (error) {
      this.problem = problemOf(error)
    }
    this.isBusy = false
  }

  #mistakes(): AccessMistakes {
    // The stored password is not known here, so it can't be sent with another user name.
    const wrongProxy = this.#proxyMistake()
    const isHalf = this.hasCredentials && this.password === '' && this.userName !== this.kept?.userName
    return {
      ...(isHalf ? { password: true } : {}),
      ...(wrongProxy ? { proxy: wrongProxy } : {}),
      ...(/^[\x20-\x7e]*$/.test(this.userAgent.trim()) ? {} : { userAgent: true }),
    }
  }

  #proxyMistake(): AccessMistakes['proxy'] | null {
    const address = proxyAddress(this.proxy)
    if (address === undefined) return 'no-proxy'
    // Nor can the stored proxy password with another proxy or user.
    return this.#isProxyKept(address) || !isMasked(address) ? null : 'password-too'
  }

  #isProxyKept(address: string | null): boolean {
    return this.kept !== null && address === (proxyAddress(masked(this.kept)) ?? null)
  }

  #change(): Change {
    const { kept, userName, password } = this
    if (!kept) return {}
    const proxy = proxyAddress(this.proxy)
    const userAgent = this.userAgent.trim() || null
    const isNew = password !== '' || (userName !== '' && userName !== kept.userName)
    return {
      ...(isNew ? { credentials: { userName, password } } : {}),
      ...(proxy === undefined || this.#isProxyKept(proxy) ? {} : { proxy }),
      ...(userAgent === kept.userAgent ? {} : { userAgent }),
    }
  }
}

/** The proxy's address as shown, with a mask for its password. */
function masked({ proxy, hasProxyPassword }: FeedAccess): string {
  if (proxy === null || !hasProxyPassword) return proxy ?? ''
  return /:\/\/[^/]*@/.test(proxy) ? proxy.replace('@', `:${mask}@`) : proxy.replace('://', `://:${mask}@`)
}

function isMasked(address: string | null): boolean {
  return address?.includes(encodeURIComponent(mask)) ?? false
}

/** The proxy typed, as the contract takes it: null for an empty field, undefined for what is no proxy. */
function proxyAddress(typed: string): string | null | undefined {
  const text = typed.trim()
  if (text === '' || text === 'direct') return text || null
  const url = URL.parse(text.includes('://') ? text : `http://${text}`)
  return url && /^https?:$/.test(url.protocol) && url.hostname !== '' ? url.href.replace(/\/$/, '') : undefined
}
