/** What the reader does with stories: opens one, leaves it, corrects it, follows it, marks it read. */
import { tick } from 'svelte'
import type { HeadlineRow } from '../../src-main/api/model.ts'
import type { Story } from '../../src-main/api/stories/model.ts'
import { focusPane } from '../lib/panes.ts'
import { articleName } from '../library/article-name.ts'
import { words as commandWords } from '../messages/commands.ts'
import { words } from '../messages/reading/stories.ts'
import { words as undoWords } from '../messages/undo.ts'
import type { App } from '../state/app.svelte.ts'
import { articleInHand, type Changing } from './changes.ts'

type Parts = Changing & Pick<App, 'layout' | 'place' | 'story'>

/** The story of the article in hand; where one is open, back from it. */
export async function toggleStory(app: Parts): Promise<void> {
  if (app.story.isOpen) return leaveStory(app)
  const article = articleInHand(app)
  if (!article) app.toasts.add({ text: commandWords.done.noArticle })
  else if (!article.story) app.toasts.add({ text: words.none })
  else await app.place.openStory(article.story.id)
}

/** Back to the article that was open, or to the list where none was. */
export async function leaveStory({ layout, reader, story }: Pick<App, 'layout' | 'reader' | 'story'>): Promise<void> {
  story.close()
  const pane = reader.isOpen ? 'article' : 'headlines'
  layout.reveal(pane)
  await tick()
  focusPane(pane)
}

/** Opens an article of the open story in its place. Its head leads back. */
export async function openOfStory(
  { place, story }: Pick<App, 'place' | 'story'>,
  row: Pick<HeadlineRow, 'id' | 'isRead'>,
): Promise<void> {
  story.close()
  void place.openAside(row)
  await tick()
  focusPane('article')
}

export async function putApart(app: Changing, storyId: number, row: HeadlineRow): Promise<void> {
  const command = () => app.engine.correctStory({ kind: 'apart', articleId: row.id, storyId })
  await app.actions.act(command, words.deeds.apart(articleName(row)))
}

/** The other article, with all of its story, comes to the story of the first. Answers whether it was done. */
export async function putTogether(app: Changing, article: HeadlineRow, other: HeadlineRow): Promise<boolean> {
  const command = () => app.engine.correctStory({ kind: 'same', articleId: other.id, otherId: article.id })
  const deed = words.deeds.same(articleName(article), articleName(other))
  return (await app.actions.act(command, deed)) !== undefined
}

export async function setFollowed(app: Changing, storyId: number, isFollowed: boolean): Promise<void> {
  const deed = isFollowed ? words.deeds.followed : words.deeds.unfollowed
  await app.actions.act(() => app.engine.followStory({ storyId, isFollowed }), deed)
}

/** The articles that the page shows: one that has just come stays unread. */
export async function markStoryRead(app: Parts, { articles }: Story): Promise<void> {
  const articleIds = articles.filter(({ isRead }) => !isRead).map(({ id }) => id)
  if (articleIds.length === 0) return void app.toasts.add({ text: words.allRead })
  await app.actions.act(
    () => app.engine.markRead({ articleIds, isRead: true }),
    ({ changed }) => undoWords.readAll(changed),
  )
}
