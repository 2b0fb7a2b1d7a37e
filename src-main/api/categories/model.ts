/** A category's page, and the categories that are used most. */

export type Category = {
  /** As it is called in most places, or as the reader called it. */
  name: string
  /** The names that the reader joined to it. */
  joined: string[]
  /** How many articles its page lists, read or not. */
  articles: number
  /** What its latest articles are about besides, the most frequent first. */
  neighbours: CategoryCount[]
}

export type CategoryCount = { name: string; articles: number }

/** A category of the last days. `sites`: of the reader's sources, how many have used it. */
export type TopCategory = CategoryCount & { sites: number }
