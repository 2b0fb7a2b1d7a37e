/** What a reader does to articles: read, unread, saved. */
import type { View } from '../../api/model.ts'
import type { WriteDb } from './database.ts'
import { feedsWithin } from './folders.ts'
import { prepared } from './prepared.ts'

/** Marks articles read or unread and says which ones really changed. */
export function setRead(db: WriteDb, articleIds: number[], isRead: boolean): number[] {
  return changed(
    db,
    `UPDATE articles SET is_read = ? WHERE id IN (SELECT value FROM json_each(?)) AND is_read = ? RETURNING id`,
    [Number(isRead), JSON.stringify(articleIds), Number(!isRead)],
  )
}

/** Saves articles or takes them out of Saved, and says which ones really changed. */
export function setSaved(db: WriteDb, articleIds: number[], isSaved: boolean, now: number): number[] {
  return changed(
    db,
    `UPDATE articles SET is_saved = ?, saved_at = ? WHERE id IN (SELECT value FROM json_each(?)) AND is_saved = ?
     RETURNING id`,
    [Number(isSaved), isSaved ? now : null, JSON.stringify(articleIds), Number(!isSaved)],
  )
}

/** Marks a view read, but nothing that came after `newestId`: the reader has not seen it. A search marks nothing. */
export function setViewRead(db: WriteDb, view: View, newestId: number, todayStart: number): number[] {
  const only = (condition: string, ...parameters: (number | string)[]) =>
    changed(db, `UPDATE articles SET is_read = 1 WHERE is_read = 0 AND id <= ? AND ${condition} RETURNING id`, [
      newestId,
      ...parameters,
    ])
  switch (view.kind) {
    case 'all':
    case 'unread':
      return only('is_hidden = 0')
    case 'today':
      return only('is_hidden = 0 AND published_at >= ?', todayStart)
    case 'saved':
      return only('is_saved = 1')
    case 'feed':
      return only('is_hidden = 0 AND feed_id = ?', view.feedId)
    case 'folder':
      return only(
        'is_hidden = 0 AND feed_id IN (SELECT value FROM json_each(?))',
        JSON.stringify(feedsWithin(db, view.folderId)),
      )
    case 'search':
      return []
  }
}

function changed(db: WriteDb, sql: string, parameters: (number | string | null)[]): number[] {
  return prepared<(number | string | null)[], { id: number }>(db, sql)
    .all(...parameters)
    .map(row => row.id)
}
