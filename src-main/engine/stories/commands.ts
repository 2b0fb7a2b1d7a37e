/** What the reader decides of stories. */
import { randomUUID } from 'node:crypto'
import type { Input, Output, Undoable } from '../../api/contract/contract.ts'
import { follow, putApart, putTogether, type StoryChange, unfollow } from '../../store/stories/decide.ts'
import { doUndoably } from '../../store/undo-log.ts'
import { tellStories } from '../context/announce-stories.ts'
import type { Context } from '../context/context.ts'

export function makeStoryCommands(context: Context) {
  const { db, now } = context

  return {
    correctStory(input: Input<'correctStory'>): Promise<Output<'correctStory'>> {
      return decide(about => (input.kind === 'same' ? putTogether(db, input, about) : putApart(db, input, about)))
    },

    followStory({ storyId, isFollowed }: Input<'followStory'>): Promise<Output<'followStory'>> {
      return decide(about => (isFollowed ? follow(db, storyId, about) : unfollow(db, storyId)))
    },
  }

  // Not async: what a full disk refuses is to be thrown at once, for runCall to make room and call again.
  function decide(act: (about: { id: string; now: number }) => StoryChange | null): Promise<Undoable> {
    let change: StoryChange | null = null
    const undoId = doUndoably(db, now(), () => {
      change = act({ id: randomUUID(), now: now() })
      return change && { kind: 'story', change }
    })
    return change === null ? Promise.resolve({ undoId: null }) : tellStories(context, change).then(() => ({ undoId }))
  }
}
