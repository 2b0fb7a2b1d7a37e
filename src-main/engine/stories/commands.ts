/** What the reader decides of stories. */
import { randomUUID } from 'node:crypto'
import type { Input, Output, Undoable } from '../../api/contract/contract.ts'
import { withCopies } from '../../store/copies/members.ts'
import { follow, putApart, putTogether, type StoryChange, unfollow } from '../../store/stories/decide.ts'
import { noteSeen } from '../../store/stories/followed.ts'
import { doUndoably } from '../../store/undo-log.ts'
import { tellStories, tellStorySeen } from '../context/announce-stories.ts'
import type { Context } from '../context/context.ts'

export function makeStoryCommands(context: Context) {
  const { db, now } = context

  return {
    correctStory(input: Input<'correctStory'>): Promise<Output<'correctStory'>> {
      if (input.kind === 'same') return decide(about => putTogether(db, input, about))
      const { articleId, storyId } = input
      return decide(about => putApart(db, { articleIds: withCopies(db, [articleId]), storyId }, about))
    },

    followStory({ storyId, isFollowed }: Input<'followStory'>): Promise<Output<'followStory'>> {
      return decide(about => (isFollowed ? follow(db, storyId, about) : unfollow(db, storyId)))
    },

    lookAtStory({ storyId, articleIds }: Input<'lookAtStory'>): Promise<Output<'lookAtStory'>> {
      const decisions = db.transaction(() => noteSeen(db, storyId, withCopies(db, articleIds))).immediate()
      return tellStorySeen(context, storyId, decisions).then(() => ({}))
    },
  }

  // Not async: what a full disk refuses is to be thrown at once, for runCall to make room and call again.
  function decide(act: (about: { newId: () => string; now: number }) => StoryChange | null): Promise<Undoable> {
    let change: StoryChange | null = null
    const undoId = doUndoably(db, now(), () => {
      change = act({ newId: randomUUID, now: now() })
      return change && { kind: 'story', change }
    })
    return change === null ? Promise.resolve({ undoId: null }) : tellStories(context, change).then(() => ({ undoId }))
  }
}
