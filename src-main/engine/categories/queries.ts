/** A category's page, and the categories that are used most, as windows ask for them. */
import { withoutSign } from '../../api/categories/names.ts'
import type { Input, Output } from '../../api/contract/contract.ts'
import { day } from '../../lib/time.ts'
import { newestArticleId } from '../../store/articles/headlines.ts'
import { aroundCategory } from '../../store/categories/neighbours.ts'
import { topCategories } from '../../store/categories/top.ts'
import { countListed } from '../../store/lists/counts.ts'
import { listHeadlines } from '../../store/lists/page.ts'
import { categoryAliases } from '../../store/search/categories.ts'
import { readSettings } from '../../store/settings.ts'
import type { Context } from '../context/context.ts'

/** Neighbours are counted on so many: what was written long ago tells little of what a category stands for now. */
const mostRead = 200

export function makeCategoryQueries({ db, now }: Context) {
  return {
    category({ name }: Input<'category'>): Output<'category'> {
      const aliases = categoryAliases(db)
      const latest = listHeadlines(db, listOf(name)).map(({ id }) => id)
      const { spelling, neighbours } = aroundCategory(db, { name, articleIds: latest, aliases })
      return {
        name: aliases.chosenName(name) ?? spelling ?? withoutSign(name),
        joined: aliases.joinedTo(name),
        articles: countListed(db, listOf(name), newestArticleId(db)),
        neighbours,
      }
    },

    async topCategories({ days }: Input<'topCategories'>): Promise<Output<'topCategories'>> {
      // The list of domains takes some ms to load, and no window asks for this before it is shown.
      const { hostOf, sourceOf } = await import('../../grouping/sources.ts')
      const categories = topCategories(db, now() - days * day, {
        aliases: categoryAliases(db),
        joined: readSettings(db).categoryAliases,
        siteOf: ({ url, siteUrl }) => sourceOf(hostOf({ url: siteUrl, feedUrl: url })),
      })
      return { categories }
    },
  }
}

function listOf(name: string) {
  const view = { kind: 'category' as const, name }
  return { view, limit: mostRead, after: null, unreadOnly: false, oldestFirst: false, keepIds: [], todayStart: 0 }
}
