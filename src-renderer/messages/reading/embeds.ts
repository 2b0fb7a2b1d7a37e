/** Cards of films, sounds and posts of other sites. */
import type { EmbedKind } from '../../../src-main/api/reading/embeds.ts'

const kinds: Record<EmbedKind, string> = { film: 'Film', sound: 'Sound', post: 'Post', page: 'Page' }
const verbs: Record<EmbedKind, string> = { film: 'Watch', sound: 'Listen', post: 'Read', page: 'Open' }

export const words = {
  /** Where nobody gave it a title. */
  open: (kind: EmbedKind, site: string): string => `${verbs[kind]} on ${site}`,
  from: (time: string): string => `from ${time}`,
  details: (details: string[]): string =>
    details.length === 0 ? 'Opens in the browser' : [...details, words.outside].join(' · '),
  outside: 'opens in the browser',
  /** For screen readers; `details` as 'from 1:30'. */
  label: (kind: EmbedKind, title: string, site: string, details: string[]): string =>
    [
      `${kinds[kind]}: ${title ? `${title}, ` : ''}on ${site}${details.map(detail => `, ${detail}`).join('')}`,
      words.outside,
    ].join('; '),
}
