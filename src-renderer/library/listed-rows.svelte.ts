/** The rows of a list that were fetched, and at which index each stands. */
import type { Events } from '../../src-main/api/contract/events.ts'
import type { HeadlineRow } from '../../src-main/api/model.ts'

export class ListedRows {
  rows = $state.raw<HeadlineRow[]>([])
  /** Counted from the first row that was read; rows inserted before it are at -1, -2 and so on. */
  #placeById = new Map<number, number>()
  #placeOfFirst = 0

  indexOf(articleId: number): number {
    const place = this.#placeById.get(articleId)
    return place === undefined ? -1 : place - this.#placeOfFirst
  }

  replace(rows: HeadlineRow[]): void {
    this.#placeById.clear()
    this.#placeOfFirst = 0
    this.#note(rows, 0)
    this.rows = rows
  }

  append(rows: HeadlineRow[]): void {
    this.#note(rows, this.#placeOfFirst + this.rows.length)
    this.rows = this.rows.concat(rows)
  }

  prepend(rows: HeadlineRow[]): void {
    this.#placeOfFirst -= rows.length
    this.#note(rows, this.#placeOfFirst)
    this.rows = rows.concat(this.rows)
  }

  /** Changes those of the rows that are listed. */
  patch(articleIds: number[], change: (row: HeadlineRow) => HeadlineRow): void {
    const indexes = articleIds.map(id => this.indexOf(id)).filter(index => index >= 0)
    if (indexes.length === 0) return
    const rows = this.rows.slice()
    for (const index of indexes) rows[index] = change(rows[index]!)
    this.rows = rows
  }

  #note(rows: HeadlineRow[], from: number): void {
    for (const [index, { id }] of rows.entries()) this.#placeById.set(id, from + index)
  }
}

/** A row, or the whole article, as an event says that it is now. */
export function changedRow<Row extends HeadlineRow>(row: Row, change: Events['articles-changed']): Row {
  const { isRead = row.isRead, isSaved = row.isSaved, isEditSeen = false } = change
  return { ...row, isRead, isSaved, editedAt: isEditSeen ? undefined : row.editedAt }
}
