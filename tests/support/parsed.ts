/** A feed and an item that declare nothing. */
export { emptyFeed as noFeed, emptyItem as noItem } from '../../src-main/feeds/parsed.ts'
