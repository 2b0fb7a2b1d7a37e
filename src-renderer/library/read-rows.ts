/** Reading a list from one of its ends, page by page. */
import type { Output } from '../../src-main/api/contract/contract.ts'
import type { HeadlineRow, PageKey } from '../../src-main/api/model.ts'
import type { ListPlace } from './list-place.ts'

type Page = Output<'headlines'>
type Wanted = {
  /** At least so many rows, where there are as many. */
  count: number
  /** Articles with a higher id are left out. */
  newestId: number
  /** The rows reach to where the list was left: newer articles have moved it down. */
  left: ListPlace | undefined
  isLatest: () => boolean
}

export const largestPage = 1_000

/** `newestId`: the highest article id there was. Null where `isLatest` has become false meanwhile. */
export async function readRows(
  fetchPage: (limit: number, after: PageKey | null) => Promise<Page>,
  { count, newestId, left, isLatest }: Wanted,
): Promise<Page | null> {
  let read: Page | null = null
  do {
    const { rows = [], next = null }: Partial<Page> = read ?? {}
    const missing = rows.length < count ? count - rows.length : largestPage
    const page = await fetchPage(Math.min(largestPage, missing), next)
    if (!isLatest()) return null
    const fresh = page.rows.filter(row => row.id <= newestId)
    read = { ...(read ?? page), rows: rows.concat(fresh), next: page.next }
  } while (read.next && !isEnough(read.rows, count, left))
  return read
}

function isEnough(rows: HeadlineRow[], count: number, left: ListPlace | undefined): boolean {
  return rows.length >= count && (rows.length >= count + largestPage || isIn(rows, left))
}

/** Whether the place where the list was left is among the rows. */
function isIn(rows: HeadlineRow[], left: ListPlace | undefined): boolean {
  if (!left) return true
  const wanted = new Set(left.rows.length > 0 ? left.rows.map(({ id }) => id) : [left.selectedId])
  return (left.rows.length === 0 && left.selectedId === null) || rows.some(({ id }) => wanted.has(id))
}
