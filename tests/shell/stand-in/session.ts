/** Sessions: keep what the program sets, for the pages to obey and for the tests to ask. */
import { EventEmitter } from 'node:events'

type Answer = (request: Request) => Promise<Response>
type Decide<T extends unknown[]> = (...args: T) => unknown

export class Session extends EventEmitter {
  readonly handlers = new Map<string, Answer>()
  request: Decide<[unknown, string, (isAllowed: boolean) => void, { requestingUrl: string }]> | null = null
  check: Decide<[unknown, string, string, object]> | null = null
  device: Decide<[object]> | null = null
  beforeRequest: Decide<[{ url: string }, (answer: { cancel?: boolean }) => void]> | null = null
  /** Electron begins with the language of the system. */
  #spellCheckerLanguages = ['en-US']
  #isSpellCheckerEnabled = true

  readonly protocol = {
    handle: (scheme: string, answer: Answer) => {
      this.handlers.set(scheme, answer)
    },
  }
  readonly webRequest = {
    onBeforeRequest: (decide: typeof this.beforeRequest) => {
      this.beforeRequest = decide
    },
  }

  setPermissionRequestHandler(decide: typeof this.request): void {
    this.request = decide
  }

  setPermissionCheckHandler(decide: typeof this.check): void {
    this.check = decide
  }

  setSpellCheckerLanguages(languages: string[]): void {
    this.#spellCheckerLanguages = languages
  }

  setSpellCheckerEnabled(isEnabled: boolean): void {
    this.#isSpellCheckerEnabled = isEnabled
  }

  /** Chromium fetches a dictionary for each, whatever a window's `spellcheck` says. */
  getSpellCheckerLanguages(): string[] {
    return this.#spellCheckerLanguages
  }

  isSpellCheckerEnabled(): boolean {
    return this.#isSpellCheckerEnabled
  }

  setDevicePermissionHandler(decide: typeof this.device): void {
    this.device = decide
  }

  /** What the program would say to a page that asks. Without a handler Electron allows everything. */
  allows(permission: string, address: string): { onRequest: boolean; onCheck: boolean } {
    let onRequest = true
    this.request?.({}, permission, isAllowed => (onRequest = isAllowed), { requestingUrl: address })
    return { onRequest, onCheck: this.check ? Boolean(this.check({}, permission, address, {})) : true }
  }

  isCancelled(url: string): boolean {
    let isCancelled = false
    this.beforeRequest?.({ url }, answer => (isCancelled = answer.cancel ?? false))
    return isCancelled
  }
}

const sessions = new Map<string, Session>()

/** Makes sessions; `onCreated` stands for the app's 'session-created'. */
export function sessionModule(onCreated: (session: Session) => void) {
  function fromPartition(name: string): Session {
    const known = sessions.get(name)
    if (known) return known
    const made = new Session()
    sessions.set(name, made)
    onCreated(made)
    return made
  }
  return {
    fromPartition,
    /** Chromium has a default session also where no program asks for it. */
    all: () => [...(sessions.has('') ? [] : [new Session()]), ...sessions.values()],
    get defaultSession(): Session {
      return fromPartition('')
    },
  }
}
