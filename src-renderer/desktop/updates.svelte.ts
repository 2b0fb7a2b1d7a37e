/** What the Electron host knows of new versions. In a browser there is nothing to know: the state stays null. */
import type { HostClient } from '../../src-main/api/host/calls.ts'
import type { UpdateState } from '../../src-main/api/host/updates.ts'

export class Updates {
  state = $state.raw<UpdateState | null>(null)
  #host: HostClient | null = null

  follow(host: HostClient): void {
    this.#host = host
    host.on('updates-changed', state => (this.state = state))
    // A host that has gone away is replaced by another, which is followed in its turn.
    void host.updates({}).then(
      state => (this.state = state),
      () => undefined,
    )
  }

  async check(): Promise<void> {
    this.#take(await this.#host?.checkForUpdates({}))
  }

  async load(): Promise<void> {
    this.#take(await this.#host?.loadUpdate({}))
  }

  async restart(): Promise<void> {
    await this.#host?.restartToUpdate({})
  }

  async openPage(): Promise<void> {
    await this.#host?.openDownloadPage({})
  }

  #take(state: UpdateState | undefined): void {
    if (state) this.state = state
  }
}
