/** Following feeds, as something that can be taken back. */
import { words as addFeedWords } from '../messages/add-feed.ts'
import { words as undoWords } from '../messages/undo.ts'
import type { Deed } from '../state/undo-chain.svelte.ts'
import type { Followed } from './add-feed.svelte.ts'

export function followedDeed(followed: Followed[], undoIds: number[]): Deed {
  const { nowFollow, nowFollowMany } = addFeedWords.add
  const [first] = followed
  const words =
    first && followed.length === 1
      ? undoWords.followed(first.title, nowFollow(first.title, first.newArticles))
      : undoWords.followedMany(followed.length, nowFollowMany(followed.length))
  return { ...words, undoIds }
}
