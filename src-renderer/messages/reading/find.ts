/** Finding words in the open article. */
import { some } from '../common.ts'
import { formatNumber } from '../format.ts'

export const words = {
  title: 'Find in article',
  field: 'Find in article',
  /** Before anything is typed, where a search led to the article. */
  searchedField: (count: number) => `${some(count, 'word', 'words')} of your search`,
  next: 'Next match',
  previous: 'Previous match',
  close: 'Close',
  none: 'Not found',
  of: (current: number, count: number) => `${formatNumber(current)} of ${formatNumber(count)}`,
  found: (count: number) => `${formatNumber(count)} found`,
  searched: (count: number) => some(count, 'match of your search', 'matches of your search'),
}
