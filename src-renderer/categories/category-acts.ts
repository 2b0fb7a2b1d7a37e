/** What the reader does with a category: lists its articles, says that two are one, or are not. */
import { words } from '../messages/reading/categories.ts'
import type { App } from '../state/app.svelte.ts'
import { type MenuItem, placeUnder } from '../ui/menu.ts'

type Joining = Pick<App, 'actions' | 'engine'>
export type CategoryParts = Pick<App, 'dialogs' | 'menus' | 'place'>

/** What can be done with a category besides listing its articles. */
export function categoryItems({ dialogs }: Pick<App, 'dialogs'>, name: string): MenuItem[] {
  return [{ label: words.sameAs, icon: 'link', run: () => dialogs.show('same-category', { name }) }]
}

/** The menu of a category, below its chip. */
export function showCategoryMenu(parts: CategoryParts, name: string, chip: Element): void {
  const list = { label: words.show(name), run: () => void parts.place.show({ kind: 'category', name }) }
  parts.menus.show({ label: words.menu(name), items: [list, ...categoryItems(parts, name)], place: placeUnder(chip) })
}

/** Answers whether it was done. */
export async function joinCategories({ actions, engine }: Joining, from: string, to: string): Promise<boolean> {
  return (await actions.act(() => engine.joinCategories({ from, to }), words.deeds.joined(from, to))) !== undefined
}

/** `from`: the category that the name was joined to. */
export async function separateCategory({ actions, engine }: Joining, name: string, from: string): Promise<void> {
  await actions.act(() => engine.separateCategory({ name }), words.deeds.separated(name, from))
}
