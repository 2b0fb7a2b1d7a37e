/** The settings as the engine last sent them, and changing them. */

import type { EngineClient } from '../../src-main/api/contract/rpc.ts'
import { defaultSettings, readingNames, type Settings } from '../../src-main/api/settings.ts'
import type { Actions } from './actions.ts'

type Hooks = {
  onChanged(before: Settings, now: Settings): void
  /** How articles are read is about to be another. */
  onReading(): void
}

export class SettingsState {
  current = $state.raw<Settings>(defaultSettings)
  readonly #engine: EngineClient
  readonly #actions: Actions
  readonly #hooks: Hooks

  constructor(engine: EngineClient, actions: Actions, hooks: Hooks) {
    this.#engine = engine
    this.#actions = actions
    this.#hooks = hooks
    engine.on('settings-changed', ({ settings }) => this.#take(settings))
  }

  async load(): Promise<void> {
    this.current = await this.#engine.settings({})
  }

  /** Answers whether the change was stored; a refusal is said in a toast. */
  async change(change: Partial<Settings>): Promise<boolean> {
    if (readingNames.some(name => change[name] !== undefined)) this.#hooks.onReading()
    const answer = await this.#actions.attempt(() => this.#engine.changeSettings(change))
    if (answer) this.#take(answer.settings)
    return answer !== undefined
  }

  #take(settings: Settings): void {
    const before = this.current
    this.current = settings
    this.#hooks.onChanged(before, settings)
  }
}
