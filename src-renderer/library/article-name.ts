/** The name of an article: its title, else 'Photo' or 'Untitled' with its day. */
import type { HeadlineRow } from '../../src-main/api/model.ts'
import { words } from '../messages/article.ts'
import { dayOf } from '../messages/format.ts'

export function articleName({
  title,
  isPicture,
  publishedAt,
}: Pick<HeadlineRow, 'title' | 'isPicture' | 'publishedAt'>): string {
  if (title.trim() !== '') return title
  return (isPicture ? words.article.photo : words.article.untitled)(dayOf(publishedAt))
}
