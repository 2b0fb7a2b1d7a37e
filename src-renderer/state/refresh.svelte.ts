/** The refresh under way, and what is said when it is over. */

import type { EngineClient } from '../../src-main/api/contract/rpc.ts'
import type { Failure, RefreshProgress, RefreshSummary } from '../../src-main/api/model.ts'
import type { Headlines } from '../library/headlines.svelte.ts'
import { words } from '../messages/commands.ts'
import type { Dialogs } from './dialogs.svelte.ts'
import type { Toasts } from './toasts.svelte.ts'

type Parts = { engine: EngineClient; headlines: Headlines; dialogs: Dialogs; toasts: Toasts }

const noRefresh: RefreshProgress = { isRunning: false, done: 0, total: 0, failed: 0, newArticles: 0 }

export class RefreshState {
  progress = $state.raw<RefreshProgress>(noRefresh)
  readonly #parts: Parts

  constructor(parts: Parts) {
    this.#parts = parts
    parts.engine.on('refresh-progress', progress => (this.progress = progress))
    parts.engine.on('refresh-finished', summary => {
      this.progress = noRefresh
      void this.#say(summary)
    })
  }

  async load(): Promise<void> {
    this.progress = await this.#parts.engine.refreshProgress({})
  }

  async #say(summary: RefreshSummary): Promise<void> {
    const { headlines, dialogs, toasts } = this.#parts
    // The dialog of an import shows it for each feed.
    if (dialogs.open?.name === 'import') return
    const { failed, feeds, newArticles, wasCancelled } = summary
    const isAll = (reason: Failure['reason']) =>
      feeds > 0 && failed.filter(({ failure }) => failure.reason === reason).length === feeds
    if (isAll('offline')) return void toasts.add({ topic: 'refresh', text: words.refresh.offline })
    if (isAll('sign-in')) return void toasts.add({ topic: 'refresh', text: words.refresh.signIn })
    const isOnPill = newArticles > 0 && (await headlines.countNew().catch(() => 0)) >= newArticles
    const said = wasCancelled ? words.done.refreshCancelled(feeds) : words.done.refreshed(newArticles, feeds)
    if (failed.length === 0 && isOnPill && !wasCancelled) return toasts.dismissTopic('refresh')
    if (failed.length === 0) return void toasts.add({ topic: 'refresh', text: said })
    const failures = words.done.refreshedWithFailures(failed.length)
    toasts.add({
      topic: 'refresh',
      text: failed.length === feeds ? words.done.noneRefreshed(feeds) : isOnPill ? failures : `${said} ${failures}`,
      action: { label: words.done.show, run: () => dialogs.show('health', {}) },
    })
  }
}
