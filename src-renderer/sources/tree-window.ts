/**
 * Which rows of the tree are drawn: those in sight, and those that hold the focus or are being dragged. Two thousand feeds
 * take two seconds to draw and a tenth of one at every change of a count, and forty of them are seen.
 */
import type { SourceRow } from '../library/tree.ts'

/** In rem: of a row, and of the rule between the views and the library with its margins. The tree's styles are given these. */
export const rowHeight = 1.875
export const ruleHeight = 1.5625
/** In rem: rows drawn beyond the edges, so that fast scrolling shows no gap. */
const spare = 40

/** `gap`: room for the rows above it that are not drawn, in rem. */
export type DrawnRow = { row: SourceRow; gap: number }

/** The rows in sight by their indexes; `to` is exclusive. `top` and `height` of what is in sight, in rem. */
export function rowsInSight(top: number, height: number): { from: number; to: number } {
  const from = Math.floor((top - spare - ruleHeight) / rowHeight)
  return { from: Math.max(0, from), to: Math.max(0, Math.ceil((top + height + spare) / rowHeight)) }
}

/** The rows to draw, in order, and the room below the last of them. `always`: keys of rows that are drawn wherever they are. */
export function drawnRows(
  rows: SourceRow[],
  { from, to, always }: { from: number; to: number; always: ReadonlySet<string | null> },
): { drawn: DrawnRow[]; below: number } {
  const firstInLibrary = rows.findIndex(row => row.kind !== 'smart')
  const topOf = (index: number): number =>
    index * rowHeight + (firstInLibrary >= 0 && index > firstInLibrary ? ruleHeight : 0)

  const drawn: DrawnRow[] = []
  let bottom = 0
  for (const [index, row] of rows.entries()) {
    const isInSight = index >= from && index < to
    if (!isInSight && !always.has(row.key)) continue
    drawn.push({ row, gap: topOf(index) - bottom })
    bottom = topOf(index + 1)
  }
  return { drawn, below: topOf(rows.length) - bottom }
}
