/** Limits how many requests run at once, to one host and in all. Of those that wait the newest goes first. */

export class HostTurns {
  readonly #perHost: number
  readonly #inAll: number
  readonly #running = new Map<string, number>()
  readonly #waiting: { host: string; go: () => void }[] = []
  #total = 0

  constructor({ perHost, inAll }: { perHost: number; inAll: number }) {
    this.#perHost = perHost
    this.#inAll = inAll
  }

  /** Runs `act` when it is its turn. The newest goes first: it is for the article that the reader has before them. */
  async run<Result>(host: string, act: () => Promise<Result>): Promise<Result> {
    if (this.#mayRun(host)) this.#begin(host)
    else await new Promise<void>(go => this.#waiting.push({ host, go }))
    try {
      return await act()
    } finally {
      this.#end(host)
    }
  }

  #mayRun(host: string): boolean {
    return this.#total < this.#inAll && (this.#running.get(host) ?? 0) < this.#perHost
  }

  #begin(host: string): void {
    this.#total++
    this.#running.set(host, (this.#running.get(host) ?? 0) + 1)
  }

  #end(host: string): void {
    this.#total--
    const left = (this.#running.get(host) ?? 0) - 1
    if (left > 0) this.#running.set(host, left)
    else this.#running.delete(host)
    const next = this.#waiting.findLastIndex(waiting => this.#mayRun(waiting.host))
    const [taken] = next < 0 ? [] : this.#waiting.splice(next, 1)
    if (!taken) return
    this.#begin(taken.host)
    taken.go()
  }
}
