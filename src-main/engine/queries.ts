/** The queries of a window. */
import type { Input, Output } from '../api/contract/contract.ts'
import type { HeadlinePage } from '../api/model.ts'
import { writeOpml } from '../feeds/opml/write.ts'
import { todayStart } from '../lib/time.ts'
import { newestArticleId } from '../store/articles/headlines.ts'
import { feedByUrl, listFeeds, webFeeds } from '../store/feeds/feeds.ts'
import { listFolders } from '../store/feeds/folders.ts'
import { readLastPlace } from '../store/last-place.ts'
import { countListed, countNewer } from '../store/lists/counts.ts'
import { listHeadlines } from '../store/lists/page.ts'
import type { ListedView } from '../store/lists/scope.ts'
import { makeReadingValues } from '../store/reading.ts'
import { readSettings } from '../store/settings.ts'
import { noFeedsInIt, readList } from './commands/import-opml.ts'
import { type Context, currentCounts } from './context/context.ts'
import { readArticle } from './context/read-article.ts'
import { keyOf, serializeFeed, serializeRow } from './context/serialize.ts'
import type { SearchPages } from './search-pages.ts'
import { trendingPage } from './stories/trending.ts'

export function makeQueries(context: Context) {
  const { db, intake, signer, now } = context

  return {
    sources: (): Output<'sources'> => ({
      feeds: listFeeds(db).map(feed => serializeFeed(feed, signer)),
      folders: listFolders(db),
      counts: currentCounts(context),
    }),

    counts: (): Output<'counts'> => currentCounts(context),

    headlines: makeHeadlines(context),

    countNewer: ({ view, newestId }: Input<'countNewer'>): Output<'countNewer'> => ({
      count: countNewer(db, view, newestId, todayStart(now())),
    }),

    article: ({ id }: Input<'article'>): Output<'article'> => readArticle(context, id),

    async discover({ address, credentials, allowPrivate }: Input<'discover'>): Promise<Output<'discover'>> {
      return intake.discover({ address, credentials: credentials ?? null, allowPrivate })
    },

    previewOpml: (source: Input<'previewOpml'>): Promise<Output<'previewOpml'>> => previewOpml(context, source),

    exportOpml: (): Output<'exportOpml'> => ({
      text: writeOpml({
        title: 'Broadsheet subscriptions',
        date: now(),
        folders: listFolders(db),
        feeds: webFeeds(db),
      }),
    }),

    settings: (): Output<'settings'> => readSettings(db),

    lastPlace: (): Output<'lastPlace'> => readLastPlace(db),
  }
}

function makeHeadlines(context: Context) {
  let pages: Promise<SearchPages> | null = null
  // The module that finds passages in HTML takes some ms to load, and no window searches before it is shown.
  const searchPage: SearchPages = async (window, request) => {
    pages ??= import('./search-pages.ts').then(({ makeSearchPages }) => makeSearchPages(context))
    return (await pages)(window, request)
  }
  return (request: Input<'headlines'>, window: object): HeadlinePage | Promise<HeadlinePage> => {
    const { view, limit, after = null } = request
    if (view.kind === 'search') return searchPage(window, { query: view.query, limit, after })
    return view.kind === 'trending' ? trendingPage(context, request) : viewPage(context, request, view)
  }
}

async function previewOpml(context: Context, source: Input<'previewOpml'>): Promise<Output<'previewOpml'>> {
  const reading = await readList(context, source)
  if (reading.kind === 'failed') return reading
  const { entries, problems, emptyFolders, isCutOff } = reading
  if (entries.length + problems.length === 0) return noFeedsInIt
  const rows = entries.map(({ url, title, path }) => {
    const known = feedByUrl(context.db, url)
    return { url, title, path, subscribedId: known && !known.isRemoved ? known.id : null }
  })
  return { kind: 'read', rows, problems, emptyFolders, isCutOff }
}

function viewPage({ db, signer, now }: Context, request: Input<'headlines'>, view: ListedView): HeadlinePage {
  const { limit, after = null, unreadOnly = false, oldestFirst = false, keepIds = [] } = request
  const newestId = newestArticleId(db)
  const list = { view, limit, after, unreadOnly, oldestFirst, keepIds, todayStart: todayStart(now()) }
  const stored = listHeadlines(db, list)
  const total = after ? null : countListed(db, list, Math.min(newestId, request.newestId ?? newestId))
  const readingOf = makeReadingValues(db)
  const rows = stored.map(row => serializeRow(row, signer, readingOf(row)))
  return { rows, next: rows.length < limit ? null : keyOf(rows), newestId, total }
}
