/** Turns the filters of a search into facet terms, or into SQL where the index cannot answer. */
import type { ReadDb } from '../db/open.ts'
import { prepared } from '../db/prepared.ts'
import { tagKey } from '../folding/tags.ts'
import { feedFacet, mediumFacet, tagFacet } from './facets.ts'
import type { Condition, SearchQuery } from './query.ts'

export type Value = number | string
export type RowFilter = { sql: string; values: Value[] }

export type Filters = {
  /** An article has a term of each list. */
  facets: string[][]
  notFacets: string[]
  /** What facets don't tell, or don't tell to the day: conditions on the articles that matched. */
  rows: RowFilter[]
  /** Only what was published from `earliest` on and before `latest` (ms). The index knows months. */
  earliest: number
  latest: number
  state: 'saved' | 'unread' | null
}

const anyTime = { earliest: 0, latest: Number.MAX_SAFE_INTEGER }
/** More feeds than this in a condition, and asking each article that matched is cheaper than all their lists. */
const mostFeedFacets = 300

export function filtersOf(db: ReadDb, { terms, conditions }: SearchQuery): Filters {
  const filters: Filters = { facets: [], notFacets: [], rows: [], ...anyTime, state: null }
  // FTS5 knows 'this NOT that', but no 'NOT that' alone.
  const isPositive = terms.some(term => !term.isExcluded) || conditions.some(isPositiveFacet)
  for (const condition of conditions) addFilter(db, filters, condition, isPositive)
  return filters
}

function isPositiveFacet({ field, isExcluded }: Condition): boolean {
  return !isExcluded && (field === 'tag' || field === 'has')
}

function addFilter(db: ReadDb, filters: Filters, condition: Condition, isPositive: boolean): void {
  const { isExcluded } = condition
  const addFacet = (facet: string, asRow: () => RowFilter) => {
    if (!isExcluded) filters.facets.push([facet])
    else if (isPositive) filters.notFacets.push(facet)
    else filters.rows.push(negated(asRow()))
  }
  switch (condition.field) {
    case 'tag':
      addFacet(tagFacet(condition.text), () => ofTag(condition.text))
      return
    case 'has':
      addFacet(mediumFacet(condition.value), () => ofMedium(condition.value))
      return
    case 'feed':
    case 'folder': {
      const feedIds = condition.field === 'feed' ? feedsNamed(db, condition.text) : feedsInFolders(db, condition.text)
      if (isExcluded) filters.rows.push(negated(ofFeeds(feedIds)))
      else if (feedIds.length > mostFeedFacets) filters.rows.push(ofFeeds(feedIds))
      // Where no feed is called so, nothing is to be found: no article has this one.
      else filters.facets.push(feedIds.length > 0 ? feedIds.map(feedFacet) : [feedFacet(0)])
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

function negated({ sql, values }: RowFilter): RowFilter {
  return { sql: `NOT (${sql})`, values }
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
