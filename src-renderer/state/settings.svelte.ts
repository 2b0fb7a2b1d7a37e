/** The settings as the engine last sent them, and changing them. */

import type { EngineClient } from '../../src-main/api/contract/rpc.ts'
import { defaultSettings, type Settings } from '../../src-main/api/settings.ts'
import type { Actions } from './actions.ts'

export class SettingsState {
  current = $state.raw<Settings>(defaultSettings)
  readonly #engine: EngineClient
  readonly #actions: Actions
  readonly #onlistchange: () => void

  /** `onlistchange`: the headlines are to be read in another order, or with other rows. */
  constructor(engine: EngineClient, actions: Actions, onlistchange: () => void) {
    this.#engine = engine
    this.#actions = actions
    this.#onlistchange = onlistchange
    engine.on('settings-changed', ({ settings }) => this.#take(settings))
  }

  async load(): Promise<void> {
    this.current = await this.#engine.settings({})
  }

  /** Answers whether the change was stored; a refusal is said in a toast. */
  async change(change: Partial<Settings>): Promise<boolean> {
    const answer = await this.#actions.attempt(() => this.#engine.changeSettings(change))
    if (answer) this.#take(answer.settings)
    return answer !== undefined
  }

  #take(settings: Settings): void {
    const before = this.current
    this.current = settings
    if (before.newestFirst !== settings.newestFirst || before.unreadOnly !== settings.unreadOnly) this.#onlistchange()
  }
}
