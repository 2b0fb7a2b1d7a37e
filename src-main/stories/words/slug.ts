/** What an article's address says of it: `…/2014/03/11/mark-carney-rbs-may-leave-scotland-9184595.html`. */
import { percentDecoded } from '../../lib/urls.ts'

/** Fewer words are the name of a section, or of a script. */
const fewWords = 3
/** Words, `100m`, `2014`, `q4`; what else has digits numbers the page, or counts things. */
const wordLike = /^(?:[\p{L}\p{M}]+|\p{N}{1,4}\p{L}{1,3}|\p{N}{3,4}|\p{L}{1,3}\p{N}{1,3})$/u

/** The words of that part of a path that has most; none where no part has several. */
export function slugOf(path: string): string {
  let longest: string[] = []
  for (const part of percentDecoded(path).split('/')) {
    const words = part
      .replace(/\.\w{2,5}$/, '')
      .split(/[^\p{L}\p{M}\p{N}]+/u)
      .filter(word => wordLike.test(word))
    if (words.length > longest.length) longest = words
  }
  return longest.length < fewWords ? '' : longest.join(' ')
}
