/** Stories in a store, as the thread that groups articles leaves them. */

import type { EngineClient } from '../../src-main/api/contract/rpc.ts'
import { storeArticles } from '../../src-main/store/articles/ingest.ts'
import type { WriteDb } from '../../src-main/store/db/open.ts'
import { createStory, moveArticle } from '../../src-main/store/stories/stories.ts'
import { makeArticle, someNoon } from './articles.ts'

/** Of these articles, each of a site of its own. Answers its id. */
export function storeStory(db: WriteDb, articleIds: number[]): number {
  const storyId = createStory(db, someNoon)
  joinStory(db, storyId, articleIds)
  return storyId
}

/** These articles, each of a site of its own unless it is told, come to a story. */
export function joinStory(db: WriteDb, storyId: number, articleIds: number[], domain?: string): void {
  db.transaction(() => {
    for (const articleId of articleIds)
      moveArticle(db, { articleId, to: storyId, domain: domain ?? `site-${articleId}.example` }, someNoon)
  }).immediate()
}

/** Stories of three and of two articles; the second is followed, and `apart` is said not to be of the first. */
export type SomeStories = { stories: number[]; ofStories: number[][]; apart: number }

/** Of three feeds with two articles each. */
export async function someStories(db: WriteDb, client: EngineClient, feedIds: number[]): Promise<SomeStories> {
  const idsOf = (feedId: number) =>
    db.prepare<[number], number>('SELECT id FROM articles WHERE feed_id = ? ORDER BY id').pluck().all(feedId)
  const [one, two, three] = feedIds.map(idsOf)
  for (const feedId of feedIds) storeArticles(db, feedId, [makeArticle({ title: `c${feedId}` })], someNoon)
  const apart = idsOf(feedIds[0]!).at(-1)!
  const ofStories = [
    [one![0]!, two![0]!, three![0]!],
    [one![1]!, two![1]!],
  ]
  const stories = [storeStory(db, [...ofStories[0]!, apart]), storeStory(db, ofStories[1]!)]
  await client.correctStory({ kind: 'apart', articleId: apart, storyId: stories[0]! })
  await client.followStory({ storyId: stories[1]!, isFollowed: true })
  return { stories, ofStories, apart }
}
