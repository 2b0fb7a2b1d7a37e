/** What the demo library's authors write down about an invented source. */
import type { ServedFormat } from '../feed-formats.ts'
import type { Mark, Scene } from './painting.ts'

export type DemoArticle = {
  title: string
  author: string
  /** Before the moment the demo is served. */
  hoursAgo: number
  categories: string[]
  picture?: Scene
  /** Its address is of the paper's own site, as the sources of a story are counted by sites; nothing is served there. */
  isOnOwnSite?: boolean
  /** In the marks of markup.ts; '![words](picture)' shows the article's own picture. */
  text: string
}

export type DemoSource = {
  slug: string
  /** Where the demo's OPML file puts it; none when absent. */
  folder?: string
  format: ServedFormat
  title: string
  description: string
  language: string
  mark: Mark
  ink: readonly [number, number, number]
  paper: readonly [number, number, number]
  isPodcast?: boolean
  articles: DemoArticle[]
}
