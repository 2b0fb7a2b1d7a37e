/** A scroll position in a list, as rows: others may be inserted above them meanwhile. */

/** A row, and how far its top is scrolled beyond the list's top edge, in px. */
export type RowAnchor = { id: number; offset: number }

export type ListPlace = {
  selectedId: number | null
  /** The rows in sight from the top; none where the list is at its top. */
  rows: RowAnchor[]
  /** How many rows had been read. */
  count: number
  isFromEnd: boolean
}
