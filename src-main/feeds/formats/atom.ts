/** Atom 1.0 (RFC 4287) and 0.3: the fields that rss-parser selected, completed from the elements. */

import { enclosures, isEpisode, player } from '../fields/enclosures.ts'
import { resolveAddresses } from '../fields/html.ts'
import { categories, commentsCount, duration, feedPicture, mediaElements, picture } from '../fields/media.ts'
import { firstPeople, linkParts } from '../fields/people.ts'
import { polling } from '../fields/polling-hints.ts'
import { constructHtml, constructText } from '../fields/text-construct.ts'
import { absolute, baseOf, isWebAddress, originalLink } from '../fields/urls.ts'
import type { ParsedFeed, ParsedItem, Person } from '../parsed.ts'
import { all, attribute, type Fields, fieldsOf, first, firstText, textOf } from '../xml/fields.ts'
import { type ItemToComplete, pick, readableDate, type Structure } from './rss-parser.ts'

export function normalizeAtom(structure: Structure): ParsedFeed {
  const { channel, fields, base } = structure
  const authors = firstPeople(fields, base, 'author', 'dc:creator', 'itunes:author', 'contributor')
  const picked = pick(structure, item => completeEntry(item, authors))
  return {
    format: 'atom',
    feed: {
      title: constructText(first(fields, 'title', 'dc:title'), base),
      link: picked.link ?? null,
      feedUrl: picked.feedUrl ?? null,
      description: constructText(
        first(fields, 'subtitle', 'tagline', 'dc:description', 'itunes:summary', 'description'),
        base,
      ),
      language:
        attribute(channel, 'xml:lang') || attribute(channel, 'lang') || firstText(fields, 'dc:language', 'language'),
      icon: address(fields, base, 'icon'),
      image: address(fields, base, 'logo') ?? feedPicture(fields, base),
      ...polling(fields),
      copyright: constructText(first(fields, 'rights', 'copyright', 'dc:rights'), base),
      generator: constructText(first(fields, 'generator'), base),
      updatedAt: readableDate(fields, 'updated', 'modified', 'dcterms:modified'),
      publishedAt: readableDate(fields, 'published', 'issued', 'dc:date', 'created'),
      authors,
      categories: categories(fields),
    },
    items: picked.items,
  }
}

function address(fields: Fields, base: string, name: string): string | null {
  const node = first(fields, name)
  return node ? absolute(textOf(node), baseOf(node, base)) : null
}

function completeEntry({ picked, fields, base }: ItemToComplete, feedAuthors: Person[]): ParsedItem {
  const { id, link, isoDate } = picked
  return {
    id: id || null,
    title: constructText(
      first(fields, 'title', 'dc:title', 'media:title') ?? mediaElements(fields, 'media:title')[0],
      base,
    ),
    link: link || otherLink(fields, base) || (id && isWebAddress(id) ? absolute(id, base) : null),
    originalLink: originalLink(fields, base),
    authors: entryAuthors(fields, feedAuthors, base),
    publishedAt: isoDate ?? null,
    updatedAt: readableDate(fields, 'updated', 'modified', 'dcterms:modified'),
    summaryHtml: summary(fields, base),
    contentHtml: constructHtml(first(fields, 'content', 'xhtml:body', 'content:encoded'), base),
    categories: categories(fields),
    enclosures: enclosures(fields, base),
    player: player(fields, base),
    image: picture(fields, base),
    commentsUrl: replies(fields, base),
    commentsCount: commentsCount(fields),
    durationSeconds: duration(fields),
    isEpisode: isEpisode(fields),
  }
}

/** For an entry without an alternate: its out-of-line content, or the related or original page. */
function otherLink(fields: Fields, base: string): string | null {
  const content = all(fields, 'content').find(node => attribute(node, 'src') !== '')
  if (content) return absolute(attribute(content, 'src'), baseOf(content, base))
  for (const rel of ['related', 'via']) {
    const node = all(fields, 'link').find(link => linkParts(link).rel === rel)
    if (node) return absolute(linkParts(node).href, baseOf(node, base))
  }
  return null
}

/** RFC 4287, 4.2.1: an entry without authors has those of its source, else those of the feed. */
function entryAuthors(fields: Fields, feedAuthors: Person[], base: string): Person[] {
  const own = firstPeople(fields, base, 'author', 'dc:creator', 'itunes:author')
  if (own.length > 0) return own
  const source = all(fields, 'source')[0]
  const fromSource = source ? firstPeople(fieldsOf(source), base, 'author') : []
  return fromSource.length > 0 ? fromSource : feedAuthors
}

function summary(fields: Fields, base: string): string {
  const own = first(fields, 'summary')
  if (own) return constructHtml(own, base)
  const other =
    first(fields, 'dc:description', 'itunes:summary', 'itunes:subtitle') ??
    mediaElements(fields, 'media:description')[0]
  return other ? resolveAddresses(textOf(other).trim(), baseOf(other, base)) : ''
}

/** RFC 4685: the page of the comments, not their feed. */
function replies(fields: Fields, base: string): string | null {
  const links = all(fields, 'link').filter(node => linkParts(node).rel === 'replies')
  const page =
    links.find(node => linkParts(node).type.includes('html')) ?? links.find(node => linkParts(node).type === '')
  if (page) return absolute(linkParts(page).href, baseOf(page, base))
  return address(fields, base, 'comments')
}
