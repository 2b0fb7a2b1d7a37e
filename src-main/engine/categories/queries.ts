/** A category's page, and the categories that are used most, as windows ask for them. */
import { withoutSign } from '../../api/categories/names.ts'
import type { Input, Output } from '../../api/contract/contract.ts'
import { countListed, newestArticleId } from '../../store/articles/headlines.ts'
import { aroundCategory } from '../../store/categories/neighbours.ts'
import { categoryAliases } from '../../store/search/categories.ts'
import type { Context } from '../context/context.ts'

export function makeCategoryQueries({ db }: Context) {
  return {
    category({ name }: Input<'category'>): Output<'category'> {
      const aliases = categoryAliases(db)
      const { spelling, neighbours } = aroundCategory(db, name, aliases)
      return {
        name: aliases.chosenName(name) ?? spelling ?? withoutSign(name),
        joined: aliases.joinedTo(name),
        articles: countListed(db, listOf(name), newestArticleId(db)),
        neighbours,
      }
    },

    topCategories(_: Input<'topCategories'>): Output<'topCategories'> {
      return { categories: [] }
    },
  }
}

function listOf(name: string) {
  const view = { kind: 'category' as const, name }
  return { view, limit: 1, after: null, unreadOnly: false, oldestFirst: false, keepIds: [], todayStart: 0 }
}
