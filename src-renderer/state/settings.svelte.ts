/** The settings as the engine last sent them, and changing them. */

import type { EngineClient } from '../../src-main/api/contract/rpc.ts'
import { defaultSettings, type Settings } from '../../src-main/api/settings.ts'
import type { Actions } from './actions.ts'

export class SettingsState {
  current = $state.raw<Settings>(defaultSettings)
  readonly #engine: EngineClient
  readonly #actions: Actions
  readonly #onchange: (before: Settings, now: Settings) => void

  constructor(engine: EngineClient, actions: Actions, onchange: (before: Settings, now: Settings) => void) {
    this.#engine = engine
    this.#actions = actions
    this.#onchange = onchange
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
    this.#onchange(before, settings)
  }
}
