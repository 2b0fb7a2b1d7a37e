/** What a search asks beside words, put as marks of the index where that can be, and as conditions on the articles. */
import type { ReadDb } from '../db/open.ts'
import { prepared } from '../db/prepared.ts'
import { tagKey } from '../folding/tags.ts'
import { feedMark, mediumMark, tagMarksOf } from './facets.ts'
import type { Condition, SearchQuery } from './query.ts'

export type Value = number | string
export type RowFilter = { sql: string; values: Value[] }

export type Filters = {
  /** An article has a mark of each list. */
  marks: string[][]
  notMarks: string[]
  /** What marks don't tell, or don't tell to the day: conditions on the articles that matched. */
  rows: RowFilter[]
  /** What the marks say, for where there are none. */
  insteadOfMarks: RowFilter[]
  /** Only what was published from `earliest` on and before `latest` (ms). The index knows months. */
  earliest: number
  latest: number
  state: 'saved' | 'unread' | null
}

const anyTime = { earliest: 0, latest: Number.MAX_SAFE_INTEGER }
/** More feeds than this in a condition, and asking each article that matched is cheaper than all their lists. */
const mostFeedMarks = 300

export function filtersOf(db: ReadDb, { terms, conditions }: SearchQuery): Filters {
  const filters: Filters = { marks: [], notMarks: [], rows: [], insteadOfMarks: [], ...anyTime, state: null }
  // 'Not this' can be asked of the index only together with something else.
  const isPositive = terms.some(term => !term.isExcluded) || conditions.some(isMarked)
  for (const condition of conditions) addFilter(db, filters, condition, isPositive)
  return filters
}

function isMarked({ field, isExcluded }: Condition): boolean {
  return !isExcluded && (field === 'tag' || field === 'has')
}

function addFilter(db: ReadDb, filters: Filters, condition: Condition, isPositive: boolean): void {
  const { isExcluded } = condition
  switch (condition.field) {
    case 'tag':
      addMark(filters, condition, isPositive, tagMarksOf(condition.text), ofTag(condition.text))
      return
    case 'has':
      addMark(filters, condition, isPositive, [mediumMark(condition.value)], ofMedium(condition.value))
      return
    case 'feed':
    case 'folder': {
      const feedIds = condition.field === 'feed' ? feedsNamed(db, condition.text) : feedsInFolders(db, condition.text)
      const row = negatedIf(isExcluded, ofFeeds(feedIds))
      if (isExcluded || feedIds.length > mostFeedMarks) filters.rows.push(row)
      // No feed at all is a list too: nothing is in it.
      else filters.marks.push(feedIds.length > 0 ? feedIds.map(feedMark) : [feedMark(0)])
      filters.insteadOfMarks.push(row)
      return
    }
    case 'is': {
      const column = condition.value === 'saved' ? 'is_saved' : 'is_read'
      const isSet = (condition.value === 'unread') === isExcluded
      filters.rows.push({ sql: `articles.${column} = ${Number(isSet)}`, values: [] })
      if (column === 'is_saved' && isSet) filters.state = 'saved'
      if (column === 'is_read' && !isSet) filters.state ??= 'unread'
      return
    }
    case 'before':
    case 'after': {
      const isBefore = (condition.field === 'before') !== isExcluded
      filters.rows.push({ sql: `articles.published_at ${isBefore ? '<' : '>='} ?`, values: [condition.time] })
      if (isBefore) filters.latest = Math.min(filters.latest, condition.time)
      else filters.earliest = Math.max(filters.earliest, condition.time)
    }
  }
}

function addMark(
  filters: Filters,
  { isExcluded }: Condition,
  isPositive: boolean,
  marks: string[],
  otherwise: RowFilter,
): void {
  const row = negatedIf(isExcluded, otherwise)
  if (!isExcluded) filters.marks.push(marks)
  else if (isPositive) filters.notMarks.push(...marks)
  else filters.rows.push(row)
  filters.insteadOfMarks.push(row)
}

function negatedIf(isExcluded: boolean, { sql, values }: RowFilter): RowFilter {
  return { sql: isExcluded ? `NOT (${sql})` : sql, values }
}

function ofTag(text: string): RowFilter {
  return {
    sql: `EXISTS (
      SELECT 1 FROM contents, json_each(contents.categories)
      WHERE contents.article_id = articles.id AND tag_key(json_each.value) = ?)`,
    values: [tagKey(text)],
  }
}

function ofMedium(medium: string): RowFilter {
  if (medium === 'image') return { sql: 'articles.image IS NOT NULL', values: [] }
  return {
    sql: `EXISTS (
      SELECT 1 FROM contents, json_each(contents.enclosures)
      WHERE contents.article_id = articles.id AND json_each.value ->> 'type' LIKE ?)`,
    values: [`${medium}/%`],
  }
}

function ofFeeds(feedIds: number[]): RowFilter {
  return { sql: 'articles.feed_id IN (SELECT value FROM json_each(?))', values: [JSON.stringify(feedIds)] }
}

function feedsNamed(db: ReadDb, text: string): number[] {
  return prepared<[string], number>(
    db,
    `SELECT id FROM feeds WHERE instr(fold(COALESCE(custom_title, title) || ' ' || url), ?) > 0`,
  )
    .pluck()
    .all(text)
}

function feedsInFolders(db: ReadDb, text: string): number[] {
  return prepared<[string], number>(
    db,
    `WITH RECURSIVE within (id) AS (
       SELECT id FROM folders WHERE instr(fold(title), ?) > 0
       UNION SELECT folders.id FROM folders JOIN within ON folders.parent_id = within.id
     ) SELECT feeds.id FROM feeds JOIN within ON feeds.folder_id = within.id`,
  )
    .pluck()
    .all(text)
}
