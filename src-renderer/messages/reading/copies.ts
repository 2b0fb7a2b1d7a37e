/** One article that several of the reader's sources have. */
import { formatNumber } from '../format.ts'

export const words = {
  /** After the name of the row's own source, where there is little room. */
  andMore: (count: number) => `and ${formatNumber(count)} more`,
  /** All of it: for a tooltip, and for a screen reader. */
  sources: (source: string, count: number) => `${source}, and ${formatNumber(count)} more of your sources`,
  alsoIn: 'Also in',
  openIn: (feedTitle: string) => `Open the copy of ${feedTitle}`,
  setting: 'Fold the same article from several sources into one row',
  settingHint: 'Reading or saving it is done for all of them. A feed’s own list always has its own.',
}
