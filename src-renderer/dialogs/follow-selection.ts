/** Follows a selection from the catalogue, and says how it went once the welcome has long made room for the panes. */
import { dialogWords as words } from '../messages/en-dialogs.ts'
import type { App } from '../state/app.svelte.ts'
import type { FeedToFollow, FollowList } from './follow-list.svelte.ts'

export async function followSelection(app: App, list: FollowList, feeds: FeedToFollow[]): Promise<void> {
  void app.show({ kind: 'all' })
  await app.attempt(() => list.follow(feeds))
  if (list.failed.length === 0) {
    if (list.followed > 0) app.toast({ text: words.welcome.finished(list.followed) })
    return
  }
  // While nothing is followed the welcome is still there, and says it beside each feed.
  if (list.followed === 0 && app.isFirstRun) return
  app.toast({
    kind: 'problem',
    text: words.welcome.finishedSome(list.followed, list.failed.length),
    action: { label: words.welcome.show, run: () => app.openDialog('follow-failures', { list }) },
  })
}
