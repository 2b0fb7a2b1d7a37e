/** What a publisher changed in an article. */
import { formatNumber } from '../format.ts'

export const words = {
  edited: 'Edited',
  editedSince: (when: string) => `Edited since you read it, ${when}`,
  justNow: 'Changed by its publisher just now',
  showNow: 'Show',
  show: 'Show what changed',
  hide: 'Hide what changed',
  changes: 'What changed',
  at: (when: string) => `Edited ${when}`,
  headline: 'Headline',
  unchanged: (count: number) => (count === 1 ? '1 paragraph unchanged' : `${formatNumber(count)} paragraphs unchanged`),
  none: 'What it said before is no longer kept.',
  failed: 'What changed could not be shown.',
}
