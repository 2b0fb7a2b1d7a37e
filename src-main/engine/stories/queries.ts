/** Stories, as windows ask for them. */
import type { Input, Output } from '../../api/contract/contract.ts'
import type { Context } from '../context/context.ts'
import { readFollowedStories, readStory } from './read-story.ts'
import { trending } from './trending.ts'

export function makeStoryQueries(context: Context) {
  return {
    story: ({ storyId }: Input<'story'>): Output<'story'> => readStory(context, storyId),

    followedStories: (): Output<'followedStories'> => ({ stories: readFollowedStories(context) }),

    trending: (input: Input<'trending'>): Output<'trending'> => trending(context, input),
  }
}
