/** Why a source has a mark, in words. */

import type { Feed } from '../../src-main/api/model.ts'
import { explain } from '../../src-main/api/reasons.ts'
import type { SourceRow } from '../library/tree.ts'
import { words } from '../messages/sources.ts'

export type Trouble = { kind: 'failing' | 'paused'; name: string; text: string }

export function troubleOf(row: SourceRow): Trouble | null {
  if (row.kind === 'smart') return null
  if (row.kind === 'folder') {
    // An open folder shows which of its feeds it is.
    const isHidden = row.isFailing && !row.isOpen
    return isHidden ? { kind: 'failing', name: words.sources.failing, text: words.sources.someFailing } : null
  }
  return feedTrouble(row.feed)
}

export function feedTrouble(feed: Feed): Trouble | null {
  if (feed.paused === 'gone') return { kind: 'failing', name: words.sources.gone, text: words.sources.goneText }
  if (feed.paused) return { kind: 'paused', name: words.sources.paused, text: words.sources.pausedText }
  if (!feed.failure) return null
  const { what, why, next } = explain(feed.failure, { feedTitle: feed.title })
  return { kind: 'failing', name: words.sources.failing, text: [what, why, next].filter(Boolean).join(' ') }
}
