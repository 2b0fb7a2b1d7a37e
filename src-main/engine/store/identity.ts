/**
 * Is this item an article we know? Decided for a whole document at once, since what its items have in common tells which
 * marks can be trusted. Identity is scoped to the feed; whether two articles tell the same story is another question.
 */
import type { ReadyArticle } from '../feeds/parsed.ts'
import type { ReadDb, WriteDb } from './database.ts'
import { prepared } from './prepared.ts'

type KeyKind = 'guid' | 'link' | 'print'
export type Key = { kind: KeyKind; key: string }
/** An item, the article it is (null: a new one) and the keys to remember it by. */
export type Recognised = { article: ReadyArticle; articleId: number | null; keys: Key[] }

/** A link that several articles share is remembered as such: seen alone later, it still tells nothing. */
const shared = 0
/** Texts at least this long don't come twice by chance, as 'Open thread' does. */
const tellingLength = 200
const day = 24 * 60 * 60 * 1_000

type Known = { articleId: number; publishedAt: number | null }

/**
 * Recognises the items of one document. A guid that the document uses for different articles, a link that it uses twice,
 * or the site's own address, is not trusted. Of items that are the same article only the first is kept.
 */
export function recognise(db: ReadDb, feedId: number, articles: ReadyArticle[], siteKey: string | null): Recognised[] {
  const guids = marksOfOne(articles, article => article.guid)
  const links = marksOfOne(articles, article => article.canonicalUrl)
  const prints = marksOfOne(articles, article => article.fingerprint)

  const candidates = articles.map(article => ({
    article,
    guid: article.guid && guids.has(article.guid) ? article.guid : null,
    link: isTellingLink(article.canonicalUrl, siteKey, links) ? article.canonicalUrl : null,
    print: prints.has(article.fingerprint) ? article.fingerprint : null,
  }))

  // Nothing is known of a feed at its first fetch, which is when most articles come.
  const lookUp = hasIdentities(db, feedId) ? find : () => undefined
  // What a guid claims, no other item of the document may claim by a weaker mark.
  const claimed = new Set<number>()
  const byGuid = candidates.map(({ guid }) => (guid ? lookUp(db, feedId, 'guid', guid)?.articleId : undefined))
  for (const articleId of byGuid) if (articleId !== undefined) claimed.add(articleId)

  const taken = new Set<number>()
  const newKeys = new Set<string>()
  const recognised: Recognised[] = []
  for (const [index, candidate] of candidates.entries()) {
    const keys = keysOf(candidate)
    const articleId = byGuid[index] ?? byWeakerMark(db, feedId, candidate, claimed, lookUp) ?? null
    if (articleId === null) {
      const marks = keys.map(({ kind, key }) => `${kind} ${key}`)
      if (marks.some(mark => newKeys.has(mark))) continue
      for (const mark of marks) newKeys.add(mark)
    } else {
      if (taken.has(articleId)) continue
      taken.add(articleId)
      claimed.add(articleId)
    }
    recognised.push({ article: candidate.article, articleId, keys })
  }
  return recognised
}

/** Remembers how an article can be recognised. A mark that already stands for another article stays with it. */
export function rememberKeys(db: WriteDb, feedId: number, articleId: number, keys: Key[]): void {
  for (const { kind, key } of keys) {
    prepared<[number, string, string, number]>(
      db,
      'INSERT INTO identities (feed_id, kind, key, article_id) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
    ).run(feedId, kind, key, articleId)
  }
}

/** Remembers the links that a document uses for several articles. Inside the caller's transaction: they can be thousands. */
export function rememberSharedLinks(db: WriteDb, feedId: number, articles: ReadyArticle[]): void {
  for (const [link, users] of tally(articles, article => article.canonicalUrl)) {
    if (isOneArticle(users)) continue
    prepared<[number, string, number]>(
      db,
      `INSERT INTO identities (feed_id, kind, key, article_id) VALUES (?, 'link', ?, ?)
       ON CONFLICT DO UPDATE SET article_id = excluded.article_id`,
    ).run(feedId, link, shared)
  }
}

type Candidate = { article: ReadyArticle; guid: string | null; link: string | null; print: string | null }

function keysOf({ guid, link, print }: Candidate): Key[] {
  const keys: Key[] = []
  if (guid) keys.push({ kind: 'guid', key: guid })
  if (link) keys.push({ kind: 'link', key: link })
  if (print) keys.push({ kind: 'print', key: print })
  return keys
}

function byWeakerMark(
  db: ReadDb,
  feedId: number,
  candidate: Candidate,
  claimed: Set<number>,
  lookUp: LookUp,
): number | undefined {
  const linked = candidate.link ? lookUp(db, feedId, 'link', candidate.link) : undefined
  // The link is shared, or its article stands elsewhere in the document under its own guid.
  if (linked && linked.articleId !== shared && !claimed.has(linked.articleId)) return linked.articleId

  const printed = candidate.print ? lookUp(db, feedId, 'print', candidate.print) : undefined
  if (!printed || claimed.has(printed.articleId)) return undefined
  return isTellingPrint(candidate.article, printed) ? printed.articleId : undefined
}

/** Same title and text: the same article, unless it is a short one of another day ('Open thread'). */
function isTellingPrint(article: ReadyArticle, known: Known): boolean {
  // Characters, or a few more bytes: it need not be exact.
  if (article.text.length >= tellingLength || article.publishedAt === null || known.publishedAt === null) return true
  return Math.abs(article.publishedAt - known.publishedAt) < day
}

function isTellingLink(link: string | null, siteKey: string | null, links: Set<string>): boolean {
  if (!link || link === siteKey) return false
  const isFrontPage = !/[/?].+/.test(link.replace(/^[a-z]+:\/\//, '').replace(/\/$/, ''))
  return !isFrontPage && links.has(link)
}

type Mark = (article: ReadyArticle) => string | null

/** The marks that stand for one article each, however often the document tells it. */
function marksOfOne(articles: ReadyArticle[], mark: Mark): Set<string> {
  const marks = new Set<string>()
  for (const [key, users] of tally(articles, mark)) if (isOneArticle(users)) marks.add(key)
  return marks
}

/** Whether all items that carry a mark are one article told more than once. */
function isOneArticle(users: ReadyArticle[]): boolean {
  const [first, ...others] = users
  return others.every(
    other =>
      first !== undefined &&
      (other.fingerprint === first.fingerprint ||
        (other.canonicalUrl !== null && other.canonicalUrl === first.canonicalUrl && other.guid === first.guid)),
  )
}

type LookUp = (db: ReadDb, feedId: number, kind: KeyKind, key: string) => Known | undefined

function hasIdentities(db: ReadDb, feedId: number): boolean {
  const sql = 'SELECT 1 FROM identities WHERE feed_id = ? LIMIT 1'
  return prepared<[number], number>(db, sql).pluck().get(feedId) === 1
}

function find(db: ReadDb, feedId: number, kind: KeyKind, key: string): Known | undefined {
  return prepared<[number, KeyKind, string], Known>(
    db,
    `SELECT identities.article_id AS articleId, articles.published_at AS publishedAt
     FROM identities LEFT JOIN articles ON articles.id = identities.article_id
     WHERE identities.feed_id = ? AND identities.kind = ? AND identities.key = ?`,
  ).get(feedId, kind, key)
}

function tally(articles: ReadyArticle[], mark: Mark): Map<string, ReadyArticle[]> {
  const users = new Map<string, ReadyArticle[]>()
  for (const article of articles) {
    const key = mark(article)
    const same = key && users.get(key)
    if (same) same.push(article)
    else if (key) users.set(key, [article])
  }
  return users
}
