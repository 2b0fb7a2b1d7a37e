/** Publishers' categories: chips, their pages, and what the reader says is the same. */
import { articles } from '../common.ts'
import { formatNumber } from '../format.ts'
import type { DeedWords } from '../undo.ts'

/** As it is written everywhere. */
const sign = (name: string) => `#${name}`

export const words = {
  sign,
  categories: 'Categories',
  show: (name: string) => `Show articles of ${sign(name)}`,
  /** Of a chip with a number. */
  counted: (name: string, count: number) => `${sign(name)}, ${articles(count)}`,
  menu: (name: string) => `Actions for ${sign(name)}`,
  sameAs: 'Same as…',
  back: (title: string) => `Back to ${title}`,

  oftenWith: 'Often with',
  more: (count: number) => `${formatNumber(count)} more`,
  fewer: 'Fewer',
  alsoHere: 'Also here',
  separate: 'Separate',
  separateOf: (name: string) => `Separate ${sign(name)}`,

  mostUsed: 'Most used this week',

  join: {
    title: (name: string) => `Join ${sign(name)} to another category`,
    field: 'The same as',
    hint: 'Choose one with the arrow keys, or type its name.',
    suggestions: 'Categories',
    what: (from: string, to: string) => `Articles of ${sign(from)} will be listed under ${sign(to)}.`,
    isOne: (from: string, to: string) => `${sign(to)} and ${sign(from)} are one category already.`,
    button: 'Join',
  },

  deeds: {
    joined: (from: string, to: string): DeedWords => ({
      done: `Articles of ${sign(from)} are listed under ${sign(to)}.`,
      undone: `${sign(from)} is a category of its own again.`,
    }),
    separated: (name: string, from: string): DeedWords => ({
      done: `${sign(name)} is a category of its own again.`,
      undone: `Articles of ${sign(name)} are listed under ${sign(from)} again.`,
    }),
  },
}
