/** The components of the dialogs, each loaded once: when it is opened, or before that while the page is idle. */
import { idle } from '../lib/wait.ts'
import type { App } from '../state/app.svelte.ts'
import type { DialogName, OpenDialog } from '../state/dialogs.svelte.ts'
import { type AnyDialog, dialogRegistry } from './dialog-registry.ts'

export class LoadedDialogs {
  #components = $state.raw<ReadonlyMap<DialogName, AnyDialog>>(new Map())

  has(name: DialogName): boolean {
    return this.#components.has(name)
  }

  /** The component of an open dialog with its properties; null while it is being loaded, or where its subject is gone. */
  shown(app: App, { name, params }: OpenDialog) {
    const component = this.#components.get(name)
    const props = component && dialogRegistry[name].props(app, params as never)
    return component && props ? { component, props: { ...props, onclose: () => app.dialogs.close() } } : null
  }

  /** Throws where the file can't be had: on the web host after an update, when the page is older than the program. */
  async load(name: DialogName): Promise<void> {
    if (this.has(name)) return
    const component = await dialogRegistry[name].load()
    this.#components = new Map(this.#components).set(name, component)
  }

  /** Loads all, one in each idle period. */
  async preload(): Promise<void> {
    for (const name of Object.keys(dialogRegistry) as DialogName[]) {
      await idle()
      // One that can't be had says so when it is opened.
      await this.load(name).catch(() => undefined)
    }
  }
}
