/** Turns the filters of a search into facet terms, or into SQL where the index cannot answer. */

import type { Condition } from '../../api/search/parse.ts'
import type { ReadDb } from '../db/open.ts'
import { getValues, type SqlPart } from '../db/prepared.ts'
import { facetsOfCategory } from './categories.ts'
import { feedFacet, mediumFacet } from './facets.ts'

export type Filters = {
  /** An article has a term of each list. */
  facets: string[][]
  notFacets: string[]
  /** What facets don't tell, or don't tell to the day: conditions on the articles that matched. */
  rows: SqlPart[]
  /** Only what was published from `earliest` on and before `latest` (ms). The index knows months. */
  earliest: number
  latest: number
  /** All articles that can be found are in this list. */
  list: List
}

export type List = 'all' | 'unread' | 'saved'

/** More feeds than this in a condition, and asking each article that matched is cheaper than all their lists. */
const mostFeedFacets = 300

export function filtersOf(db: ReadDb, conditions: Condition[]): Filters {
  const anyTime = { earliest: 0, latest: Number.MAX_SAFE_INTEGER }
  const filters: Filters = { facets: [], notFacets: [], rows: [], ...anyTime, list: 'all' }
  for (const condition of conditions) addFilter(db, filters, condition)
  return filters
}

function addFilter(db: ReadDb, filters: Filters, condition: Condition): void {
  const { isExcluded } = condition
  const addFacets = (facets: string[]) => {
    if (isExcluded) filters.notFacets.push(...facets)
    else filters.facets.push(facets)
  }
  switch (condition.field) {
    case 'tag':
      addFacets(facetsOfCategory(db, condition.text))
      return
    case 'has':
      addFacets([mediumFacet(condition.value)])
      return
    case 'feed':
    case 'folder': {
      const feedIds = condition.field === 'feed' ? feedsNamed(db, condition.text) : feedsInFolders(db, condition.text)
      if (isExcluded || feedIds.length > mostFeedFacets) filters.rows.push(ofFeeds(feedIds, isExcluded))
      // Where no feed is called so, nothing is to be found: no feed has this id.
      else addFacets((feedIds.length > 0 ? feedIds : [0]).map(feedFacet))
      return
    }
    case 'is': {
      const column = condition.value === 'saved' ? 'is_saved' : 'is_read'
      const isSet = (condition.value === 'unread') === isExcluded
      filters.rows.push({ sql: `articles.${column} = ${Number(isSet)}`, values: [] })
      if (column === 'is_saved' && isSet) filters.list = 'saved'
      else if (column === 'is_read' && !isSet && filters.list === 'all') filters.list = 'unread'
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

function ofFeeds(feedIds: number[], isExcluded: boolean): SqlPart {
  const not = isExcluded ? 'NOT ' : ''
  return { sql: `articles.feed_id ${not}IN (SELECT value FROM json_each(?))`, values: [JSON.stringify(feedIds)] }
}

function feedsNamed(db: ReadDb, text: string): number[] {
  const sql = `SELECT id FROM feeds WHERE instr(fold(COALESCE(custom_title, title) || ' ' || url), ?) > 0`
  return getValues(db, sql, text)
}

function feedsInFolders(db: ReadDb, text: string): number[] {
  return getValues(
    db,
    `WITH RECURSIVE within (id) AS (
       SELECT id FROM folders WHERE instr(fold(title), ?) > 0
       UNION SELECT folders.id FROM folders JOIN within ON folders.parent_id = within.id
     ) SELECT feeds.id FROM feeds JOIN within ON feeds.folder_id = within.id`,
    text,
  )
}
