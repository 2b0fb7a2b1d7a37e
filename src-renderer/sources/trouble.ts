/** Why a source has a mark, in words. */

import type { Mailbox } from '../../src-main/api/mail/model.ts'
import { explainMail } from '../../src-main/api/mail/reasons.ts'
import type { Feed } from '../../src-main/api/model.ts'
import { explain } from '../../src-main/api/reasons.ts'
import type { SourceRow } from '../library/tree.ts'
import { wordsOf } from '../messages/library/kinds.ts'
import { words as newsletterWords } from '../messages/newsletters/health.ts'
import { words } from '../messages/sources.ts'

export type Trouble = { kind: 'failing' | 'paused'; name: string; text: string }

/** `mailboxes`: a newsletter fails with those it comes by. */
export function troubleOf(row: SourceRow, mailboxes: Mailbox[]): Trouble | null {
  if (row.kind === 'smart') return null
  if (row.kind === 'folder') {
    // An open folder shows which of its feeds it is.
    const isHidden = row.isFailing && !row.isOpen
    return isHidden ? { kind: 'failing', name: words.sources.failing, text: words.sources.someFailing } : null
  }
  return feedTrouble(row.feed, mailboxes)
}

export function feedTrouble(feed: Feed, mailboxes: Mailbox[]): Trouble | null {
  if (feed.paused === 'gone') return { kind: 'failing', name: words.sources.gone, text: words.sources.goneText }
  if (feed.paused) return { kind: 'paused', name: words.sources.paused, text: wordsOf(feed).paused }
  if (feed.kind === 'newsletter') return mailTrouble(mailboxes)
  if (!feed.failure) return null
  const { what, why, next } = explain(feed.failure, { feedTitle: feed.title })
  return { kind: 'failing', name: words.sources.failing, text: [what, why, next].filter(Boolean).join(' ') }
}

/** Which of several mailboxes a newsletter comes by is not known before its next message: it fails where all of them do. */
function mailTrouble(mailboxes: Mailbox[]): Trouble | null {
  const failures = mailboxes.flatMap(({ failure }) => failure ?? [])
  if (failures.length === 0 || failures.length < mailboxes.length) return null
  const [first] = failures
  const { what, why, next } = explainMail(first!)
  const text = failures.length === 1 ? [what, why, next].filter(Boolean).join(' ') : newsletterWords.allFailing
  return { kind: 'failing', name: words.sources.failing, text }
}
