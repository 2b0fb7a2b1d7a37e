/**
 * The reader decides of a story: what they said is kept, and the articles are moved at once, so that the window is right before
 * the stories are grouped again. Each inside the caller's transaction; null where nothing changed.
 */
import type { WriteDb } from '../db/open.ts'
import {
  addDecision,
  type Decision,
  decisionById,
  decisionsAmong,
  followsOf,
  type NewDecision,
  putBackDecision,
  removeDecision,
} from './decisions.ts'
import { articlesOfStory, createStory, type Move, membersOf, moveArticle, storyOf } from './stories.ts'

/** What takes a decision back: `made` is deleted, `withdrawn` were deleted and come back, and so do the articles. */
export type StoryChange = { made: string | null; withdrawn: Decision[]; moves: Move[] }

/** `id` for the decision, `now` in ms. */
type About = { id: string; now: number }

/** Two articles are about one event: their stories become one, that of the second. */
export function putTogether(
  db: WriteDb,
  { articleId, otherId }: { articleId: number; otherId: number },
  { id, now }: About,
): StoryChange | null {
  const from = storyOf(db, articleId)
  const known = storyOf(db, otherId)
  if (articleId === otherId || (from !== null && from === known)) return null
  const to = known ?? from ?? createStory(db, now)
  const joining = from === null || from === to ? [articleId] : membersOf(db, from)
  const both = [...new Set([...joining, otherId, ...membersOf(db, to)])]
  const withdrawn = withdraw(db, decisionsAmong(db, 'apart', both))
  const moves = [...joining, otherId].flatMap(one => moveArticle(db, { articleId: one, to, domain: null }, now) ?? [])
  return { made: decide(db, { id, kind: 'same', decidedAt: now, articleIds: [articleId, otherId] }), withdrawn, moves }
}

/** An article is not about what its story is about: it leaves the story, which ends where only one article is left. */
export function putApart(
  db: WriteDb,
  { articleId, storyId }: { articleId: number; storyId: number },
  { id, now }: About,
): StoryChange | null {
  const members = membersOf(db, storyId)
  const others = members.filter(one => one !== articleId)
  if (others.length === members.length || others.length === 0) return null
  // Before the rows go by which the articles are told.
  const articleIds = [articleId, ...others]
  const withdrawn = withdraw(db, linking(db, articleId, others))
  const leaving = others.length === 1 ? members : [articleId]
  const moves = leaving.flatMap(one => moveArticle(db, { articleId: one, to: null, domain: null }, now) ?? [])
  return { made: decide(db, { id, kind: 'apart', decidedAt: now, articleIds }), withdrawn, moves }
}

export function follow(db: WriteDb, storyId: number, { id, now }: About): StoryChange | null {
  const articleIds = articlesOfStory(db, storyId)
  if (articleIds.length === 0 || followsOf(db, articleIds).length > 0) return null
  return { made: decide(db, { id, kind: 'follow', decidedAt: now, articleIds }), withdrawn: [], moves: [] }
}

export function unfollow(db: WriteDb, storyId: number): StoryChange | null {
  const withdrawn = withdraw(db, followsOf(db, membersOf(db, storyId)))
  return withdrawn.length > 0 ? { made: null, withdrawn, moves: [] } : null
}

/** What becomes of an article that has been moved again since: it stays. */
export function takeBack(db: WriteDb, { made, withdrawn, moves }: StoryChange, now: number): 'done' | 'changed-since' {
  const isThere = made === null || removeDecision(db, made)
  if (!isThere) return 'changed-since'
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

function decide(db: WriteDb, decision: NewDecision): string {
  addDecision(db, decision)
  return decision.id
}
