/** The edits of an article, from its versions. */
import type { Edit } from '../../api/reading/edits.ts'
import { differencesOf, wordDifferences } from './differences.ts'

type Version = { title: string; html: string; until: number }

/** `versions`: oldest first, each with the time until which it stood (ms); the last one is today's. The latest edit first. */
export function editsOf(versions: Version[], isTrivial: (before: Version, after: Version) => boolean): Edit[] {
  return versions
    .slice(1)
    .flatMap((after, index) => {
      const before = versions[index]!
      if (isTrivial(before, after)) return []
      const title = before.title === after.title ? null : wordDifferences(before.title, after.title)
      return [{ at: before.until, title, blocks: differencesOf(before.html, after.html) }]
    })
    .reverse()
}
