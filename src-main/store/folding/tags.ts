/** Makes one key of the ways in which publishers write a category. */
import { fold } from './text.ts'

/** Folded; 'Open Source', 'open-source' and '#OpenSource' have the same. */
export function tagKey(category: string): string {
  return fold(category)
    .replace(/^[\s#]+/, '')
    .replace(/[\s_-]+/g, '')
}
