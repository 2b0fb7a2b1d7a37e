/** What a window can ask. Nothing here changes anything. */
import type { Input, Output } from '../api/contract.ts'
import type { HeadlinePage, HeadlineRow, PageKey } from '../api/model.ts'
import { makeMarker, makePassage } from './articles/passages.ts'
import { type Context, currentCounts, todayStart } from './context.ts'
import { writeOpml } from './feeds/opml.ts'
import { presentArticle, presentFeed, presentRow } from './present.ts'
import { articleById, htmlOf } from './store/article.ts'
import { feedByUrl, listFeeds } from './store/feeds.ts'
import { listFolders } from './store/folders.ts'
import { countNewer, listHeadlines, newestArticleId, rowsByIds } from './store/headlines.ts'
import { searchArticles } from './store/search.ts'
import { readSettings } from './store/settings.ts'

export function makeQueries(context: Context) {
  const { db, intake, signer, now } = context

  return {
    sources: (): Output<'sources'> => ({
      feeds: listFeeds(db).map(feed => presentFeed(feed, signer)),
      folders: listFolders(db),
      counts: currentCounts(context),
    }),

    counts: (): Output<'counts'> => currentCounts(context),

    headlines(request: Input<'headlines'>): HeadlinePage {
      return request.view.kind === 'search'
        ? searchPage(context, request.view.query, request.limit, request.after ?? null)
        : viewPage(context, request, request.view)
    },

    countNewer: ({ view, newestId }: Input<'countNewer'>): Output<'countNewer'> => ({
      count: countNewer(db, view, newestId, todayStart(now())),
    }),

    article({ id }: Input<'article'>): Output<'article'> {
      const stored = articleById(db, id)
      return stored && presentArticle(stored, signer, readSettings(db).loadImages)
    },

    async discover({ address, credentials }: Input<'discover'>): Promise<Output<'discover'>> {
      return intake.discover({ address, credentials: credentials ?? null })
    },

    async previewOpml({ text }: Input<'previewOpml'>): Promise<Output<'previewOpml'>> {
      const reading = await context.readOpml(text)
      if (reading.kind === 'failed') return reading
      const rows = reading.entries.map(entry => {
        const known = feedByUrl(db, entry.url)
        return { ...entry, subscribedId: known && !known.isRemoved ? known.id : null }
      })
      return { kind: 'read', rows, problems: reading.problems }
    },

    exportOpml: (): Output<'exportOpml'> => ({
      text: writeOpml({
        title: 'Broadsheet subscriptions',
        date: now(),
        folders: listFolders(db),
        feeds: listFeeds(db),
      }),
    }),

    settings: (): Output<'settings'> => readSettings(db),
  }
}

type ListedView = Exclude<Input<'headlines'>['view'], { kind: 'search' }>

function viewPage({ db, signer, now }: Context, request: Input<'headlines'>, view: ListedView): HeadlinePage {
  const { limit, after = null, unreadOnly = false, oldestFirst = false, keepIds = [] } = request
  const newestId = newestArticleId(db)
  const stored = listHeadlines(db, {
    view,
    limit,
    after,
    unreadOnly,
    oldestFirst,
    keepIds,
    todayStart: todayStart(now()),
  })
  const { loadImages } = readSettings(db)
  const rows = stored.map(row => presentRow(row, signer, loadImages))
  return { rows, next: rows.length < limit ? null : keyOf(rows), newestId }
}

function searchPage({ db, signer }: Context, query: string, limit: number, after: PageKey | null): HeadlinePage {
  const newestId = newestArticleId(db)
  const hits = searchArticles(db, query)
  const start = after ? hits.findIndex(hit => hit.id === after.id) + 1 : 0
  const page = hits.slice(start, start + limit)
  const ids = page.map(hit => hit.id)
  const html = htmlOf(db, ids)
  const mark = makeMarker(query)
  const passageOf = makePassage(query)
  const { loadImages } = readSettings(db)
  const rows = rowsByIds(db, ids).map(row => ({
    ...presentRow(row, signer, loadImages),
    match: { title: mark(row.title), passage: passageOf(html.get(row.id) ?? row.summary) },
  }))
  return { rows, next: start + limit < hits.length ? keyOf(rows) : null, newestId }
}

function keyOf(rows: HeadlineRow[]): PageKey | null {
  const last = rows.at(-1)
  return last ? { publishedAt: last.publishedAt, id: last.id } : null
}
