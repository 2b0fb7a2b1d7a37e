/** Says that sources have joined stories which the reader follows: one toast, however many they are. */
import type { FollowedStory } from '../../src-main/api/stories/model.ts'
import { articleName } from '../library/article-name.ts'
import { words } from '../messages/reading/stories.ts'
import type { App } from './app.svelte.ts'

type Parts = Pick<App, 'dialogs' | 'place' | 'story' | 'toasts'>

export function tellStoryNews({ dialogs, place, story, toasts }: Parts, grown: FollowedStory[]): void {
  const topic = 'followed-stories'
  // What comes to the open one is seen where it stands.
  const elsewhere = grown.filter(({ id }) => id !== story.openId)
  const [first] = elsewhere
  if (!first) {
    toasts.dismissTopic(topic)
    return
  }
  const isOne = elsewhere.length === 1
  const text = isOne ? words.grown(articleName(first.first), first.joined) : words.grownMany(elsewhere.length)
  const run = () => (isOne ? void place.openStory(first.id) : dialogs.show('followed-stories', {}))
  toasts.add({ topic, text, action: { label: words.show, run } })
}
