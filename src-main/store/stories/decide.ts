/**
 * The reader decides of a story: what they said is kept, and the articles are moved at once, so that the window is right before
 * the stories are grouped again. Each inside the caller's transaction; null where nothing changed.
 */
import type { WriteDb } from '../db/open.ts'
import {
  addDecision,
  type Decision,
  type DecisionKind,
  decisionById,
  decisionsAmong,
  putBackDecision,
  removeDecision,
} from './decisions.ts'
import { followedStories } from './followed.ts'
import { articlesOfStory, createStory, type Move, membersOf, moveArticle, storyOf } from './stories.ts'

/** What takes decisions back: `made` are deleted, `withdrawn` were deleted and come back, and so do the articles. */
export type StoryChange = { made: string[]; withdrawn: Decision[]; moves: Move[] }

/** `newId` for a decision, `now` in ms. */
type About = { newId: () => string; now: number }

/** Two articles are about one event: their stories become one, that of the second. */
export function putTogether(
  db: WriteDb,
  { articleId, otherId }: { articleId: number; otherId: number },
  about: About,
): StoryChange | null {
  const from = storyOf(db, articleId)
  const known = storyOf(db, otherId)
  if (articleId === otherId || (from !== null && from === known)) return null
  const to = known ?? from ?? createStory(db, about.now)
  const joining = from === null || from === to ? [articleId] : membersOf(db, from)
  const both = [...new Set([...joining, otherId, ...membersOf(db, to)])]
  const withdrawn = withdraw(db, decisionsAmong(db, 'apart', both))
  const moves = [...joining, otherId].flatMap(
    one => moveArticle(db, { articleId: one, to, domain: null }, about.now) ?? [],
  )
  return { made: [decide(db, 'same', [articleId, otherId], about)], withdrawn, moves }
}

/** An article, told with its copies, is not about what its story is about: it leaves the story, which ends where only one is left. */
export function putApart(
  db: WriteDb,
  { articleIds, storyId }: { articleIds: number[]; storyId: number },
  about: About,
): StoryChange | null {
  const members = membersOf(db, storyId)
  const own = members.filter(one => articleIds.includes(one))
  const others = members.filter(one => !articleIds.includes(one))
  if (own.length === 0 || others.length === 0) return null
  const withdrawn = withdraw(
    db,
    own.flatMap(one => linking(db, one, others)),
  )
  // Before the rows go by which the articles are told.
  const made = own.map(one => decide(db, 'apart', [one, ...others], about))
  const leaving = others.length === 1 ? members : own
  const moves = leaving.flatMap(one => moveArticle(db, { articleId: one, to: null, domain: null }, about.now) ?? [])
  return { made, withdrawn, moves }
}

export function follow(db: WriteDb, storyId: number, about: About): StoryChange | null {
  const articleIds = articlesOfStory(db, storyId)
  if (articleIds.length === 0 || followedStories(db).has(storyId)) return null
  return { made: [decide(db, 'follow', articleIds, about)], withdrawn: [], moves: [] }
}

export function unfollow(db: WriteDb, storyId: number): StoryChange | null {
  const withdrawn = withdraw(db, followedStories(db).get(storyId) ?? [])
  return withdrawn.length > 0 ? { made: [], withdrawn, moves: [] } : null
}

/** What becomes of an article that has been moved again since: it stays. */
export function takeBack(db: WriteDb, { made, withdrawn, moves }: StoryChange, now: number): 'done' | 'changed-since' {
  if (made.some(id => decisionById(db, id) === null)) return 'changed-since'
  for (const id of made) removeDecision(db, id)
  for (const decision of withdrawn) putBackDecision(db, decision)
  for (const { articleId, from, to, domain } of moves.toReversed()) {
    if (storyOf(db, articleId) === to) moveArticle(db, { articleId, to: from, domain }, now)
  }
  return 'done'
}

/** Decisions that hold an article and one of the others together. */
function linking(db: WriteDb, articleId: number, others: number[]): string[] {
  const among = new Set(decisionsAmong(db, 'same', [articleId, ...others]))
  const withoutIt = new Set(decisionsAmong(db, 'same', others))
  return [...among].filter(id => !withoutIt.has(id))
}

function withdraw(db: WriteDb, ids: string[]): Decision[] {
  return ids.flatMap(id => {
    const decision = decisionById(db, id)
    removeDecision(db, id)
    return decision ?? []
  })
}

function decide(db: WriteDb, kind: DecisionKind, articleIds: number[], { newId, now }: About): string {
  const id = newId()
  addDecision(db, { id, kind, decidedAt: now, articleIds })
  return id
}
