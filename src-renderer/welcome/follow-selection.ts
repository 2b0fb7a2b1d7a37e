/** Follows a selection from the catalogue, and says the outcome: by then the panes have taken the welcome's place. */

import type { FeedToFollow, FollowList } from '../library/follow-list.svelte.ts'
import { words as undoWords } from '../messages/undo.ts'
import { words } from '../messages/welcome.ts'
import type { App } from '../state/app.svelte.ts'

type Parts = Pick<App, 'actions' | 'dialogs' | 'isFirstRun' | 'place' | 'toasts'>

export async function followSelection(app: Parts, list: FollowList, feeds: FeedToFollow[]): Promise<void> {
  void app.place.show({ kind: 'all' })
  await app.actions.attempt(() => list.follow(feeds))
  const { undoIds, followed } = list
  const deed = { ...undoWords.followedMany(followed, words.welcome.finished(followed)), undoIds }
  if (list.failed.length === 0) {
    if (followed > 0) app.actions.did(deed)
    return
  }
  app.actions.undos.add(deed)
  // While nothing is followed the welcome is still shown, with the failure beside each feed.
  if (list.followed === 0 && app.isFirstRun) return
  app.toasts.add({
    kind: 'problem',
    text: words.welcome.finishedSome(list.followed, list.failed.length),
    action: { label: words.welcome.show, run: () => app.dialogs.show('follow-failures', { list }) },
  })
}
