/**
 * A thread of the window for work on a publisher's text that may take for ever. It is started at the first question, ended where an
 * answer takes too long, and made anew for the next one.
 */

type Policy = { createScriptURL(address: string): unknown }
/** As much of Trusted Types as is used here; TypeScript has no types for them. */
type Policies = { createPolicy(name: string, rules: { createScriptURL(address: string): string }): Policy }

export class OwnWorker<Question, Answer> {
  readonly #name: string
  readonly #file: string
  readonly #longestMs: number
  #policy: Policy | null = null
  #thread: Worker | null = null
  #asked = 0

  /**
   * `file` is the address of its script. The page's policy asks for trusted addresses of scripts, by policies that
   * host/security-headers.ts names: that of this `name` makes this address and no other.
   */
  constructor(name: string, file: string, longestMs: number) {
    this.#name = name
    this.#file = file
    this.#longestMs = longestMs
  }

  /** Null where it took too long, or the thread broke. */
  ask(question: Question): Promise<Answer | null> {
    this.#thread ??= this.#start()
    const own = this.#thread
    const number = ++this.#asked
    return new Promise(resolve => {
      const end = (answer: Answer | null) => {
        clearTimeout(timer)
        own.removeEventListener('message', hear)
        if (answer === null && this.#thread === own) {
          own.terminate()
          this.#thread = null
        }
        resolve(answer)
      }
      const hear = ({ data }: MessageEvent<{ number: number; answer: Answer }>) => {
        if (data.number === number) end(data.answer)
      }
      const timer = setTimeout(() => end(null), this.#longestMs)
      own.addEventListener('message', hear)
      own.addEventListener('error', () => end(null), { once: true })
      own.postMessage({ number, question })
    })
  }

  #start(): Worker {
    const { trustedTypes } = globalThis as { trustedTypes?: Policies }
    this.#policy ??= trustedTypes?.createPolicy(this.#name, { createScriptURL: () => this.#file }) ?? null
    return new Worker((this.#policy?.createScriptURL('') ?? this.#file) as string, { type: 'module' })
  }
}

/** In the thread: answers what `OwnWorker` asks. */
export function answerQuestions<Question, Answer>(answer: (question: Question) => Answer): void {
  addEventListener('message', ({ data }: MessageEvent<{ number: number; question: Question }>) => {
    postMessage({ number: data.number, answer: answer(data.question) })
  })
}
