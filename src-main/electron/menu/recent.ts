/** The articles that were opened last, for the menu. Of this run only: what was read is kept by the engine, if at all. */
import type { MenuArticle } from '../../api/host/menu.ts'

const most = 10

/** With this one first, once; the same list where it is first already. */
export function withOpened(recent: readonly MenuArticle[], opened: MenuArticle): readonly MenuArticle[] {
  const [first] = recent
  if (first?.id === opened.id && first.title === opened.title) return recent
  return [opened, ...recent.filter(({ id }) => id !== opened.id)].slice(0, most)
}
