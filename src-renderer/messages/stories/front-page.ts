/** The front page of what is trending. */
import { formatNumber } from '../format.ts'

export const words = {
  strap: 'What your sources agree is news',
  page: 'Front page',
  asList: 'Show as a list',
  /** Beside a story. */
  others: 'How others tell it',
  followed: 'Followed',
  brief: 'In brief',
  why: {
    button: 'Why is this here?',
    of: (title: string) => `Why is this here? ${title}`,
    title: 'Why this is here',
    more: (count: number) => `and ${formatNumber(count)} more`,
    rule: 'A site counts once, however often it writes about it, and the less the more it publishes. What is recent counts more.',
  },
}
