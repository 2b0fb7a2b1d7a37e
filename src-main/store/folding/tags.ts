/** One spelling for categories that publishers write differently. */
import { fold } from './text.ts'

/** Folded, and 'Open Source', 'open-source' and '#OpenSource' are one. */
export function tagKey(category: string): string {
  return fold(category)
    .replace(/^[\s#]+/, '')
    .replace(/[\s_-]+/g, '')
}
