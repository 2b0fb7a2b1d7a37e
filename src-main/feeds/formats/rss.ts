/** RSS 0.9x, 1.0 and 2.0: the fields that rss-parser selected, completed from the elements. */

import { htmlToText } from '../../lib/html-text.ts'
import { collapse } from '../../lib/text.ts'
import { enclosures, isEpisode, player } from '../fields/enclosures.ts'
import { innerHtml, resolveAddresses } from '../fields/html.ts'
import { categories, commentsCount, duration, mediaElements, picture, pictureAt, wholeNumber } from '../fields/media.ts'
import { firstPeople, owner } from '../fields/people.ts'
import { polling } from '../fields/polling-hints.ts'
import { constructHtml } from '../fields/text-construct.ts'
import { elementTitle, titleText } from '../fields/title.ts'
import { absolute, baseOf, isWebAddress, originalLink } from '../fields/urls.ts'
import type { ParsedFeed, ParsedItem, Person } from '../parsed.ts'
import { all, attribute, type Fields, fieldsOf, first, firstText, localAttribute, textOf } from '../xml/fields.ts'
import type { XmlNode } from '../xml/reader.ts'
import { type ItemToComplete, pick, readableDate, type Structure } from './rss-parser.ts'

/** `root` has what is outside of the channel: RSS 1.0's image, the language. */
export function normalizeRss(structure: Structure, root: XmlNode): ParsedFeed {
  const { channel, fields, base } = structure
  const picked = pick(structure, completeItem)
  return {
    format: structure.format === 'rdf' ? 'rdf' : 'rss',
    feed: {
      title: titleText(picked.title || firstText(fields, 'atom:title', 'media:title', 'itunes:title'), true),
      link: picked.link || null,
      feedUrl: picked.feedUrl || null,
      description: htmlToText(
        firstText(
          fields,
          'description',
          'dc:description',
          'itunes:summary',
          'itunes:subtitle',
          'atom:subtitle',
          'media:description',
        ),
      ),
      language:
        picked.language ||
        firstText(fields, 'dc:language') ||
        attribute(channel, 'xml:lang') ||
        attribute(root, 'xml:lang'),
      icon: absolute(firstText(fields, 'atom:icon', 'webfeeds:icon'), base),
      image: channelImage(fields, fieldsOf(root), base),
      ...polling(fields),
      copyright: collapse(
        picked.copyright || firstText(fields, 'dc:rights', 'dcterms:rights', 'media:copyright', 'atom:rights'),
      ),
      generator: collapse(picked.generator || generatorAgent(fields)),
      updatedAt: readableDate(fields, 'lastbuilddate', 'atom:updated', 'dcterms:modified', 'dc:date'),
      publishedAt: readableDate(fields, 'pubdate', 'dc:date', 'dcterms:issued', 'dcterms:created', 'atom:published'),
      authors: channelAuthors(fields, base),
      categories: categories(fields),
    },
    items: picked.items,
  }
}

function generatorAgent(fields: Fields): string {
  const node = all(fields, 'admin:generatoragent')[0]
  return node ? localAttribute(node, 'resource') : firstText(fields, 'atom:generator')
}

/** RSS's own image, then iTunes and Media RSS. RSS 1.0 has it beside the channel, which has only a reference to it. */
function channelImage(fields: Fields, outside: Fields, base: string): string | null {
  for (const node of [...all(fields, 'image'), ...all(outside, 'image')]) {
    const url = absolute(
      firstText(fieldsOf(node), 'url') || attribute(node, 'href') || attribute(node, 'url'),
      baseOf(node, base),
    )
    if (url) return url
  }
  const others = all(fields, 'itunes:image', 'itunes:link', 'googleplay:image', 'media:thumbnail', 'atom:logo')
  const [reference] = all(fields, 'image')
  return pictureAt(others, base) ?? (reference ? absolute(localAttribute(reference, 'resource'), base) : null)
}

function channelAuthors(fields: Fields, base: string): Person[] {
  const named = firstPeople(
    fields,
    base,
    'managingeditor',
    'author',
    'dc:creator',
    'dc:author',
    'itunes:author',
    'atom:author',
    'webmaster',
  )
  const ownerFound = owner(fields)
  return named.length === 0 && ownerFound ? [ownerFound] : named
}

function completeItem({ picked, node, fields, base }: ItemToComplete): ParsedItem {
  const guid = picked.guid
  return {
    id:
      guid ||
      picked['rdf:about'] ||
      firstText(fields, 'atom:id', 'id', 'dc:identifier') ||
      localAttribute(node, 'id') ||
      null,
    title: titleText(picked.title || otherTitle(fields), true),
    link: picked.link || (guid ? permalink(guid, fields, base) : null),
    originalLink: originalLink(fields, base),
    authors: firstPeople(
      fields,
      base,
      'author',
      'dc:creator',
      'dc:author',
      'itunes:author',
      'atom:author',
      'media:credit',
      'dc:contributor',
    ),
    publishedAt: picked.isoDate ?? null,
    updatedAt: readableDate(fields, 'dcterms:modified', 'atom:updated', 'atom:modified', 'lastbuilddate'),
    summaryHtml: summary(fields, base),
    contentHtml: content(fields, base),
    categories: categories(fields),
    enclosures: enclosures(fields, base),
    player: player(fields, base),
    image: picture(fields, base),
    // Some publishers write the number of comments here.
    commentsUrl: picked.comments && wholeNumber(picked.comments) === null ? absolute(picked.comments, base) : null,
    commentsCount: commentsCount(fields),
    durationSeconds: duration(fields),
    isEpisode: isEpisode(fields),
  }
}

/** The guid as an address: a permalink unless isPermaLink is false (RSS 2.0). A relative one only if it is true. */
function permalink(guid: string, fields: Fields, base: string): string | null {
  const [node] = all(fields, 'guid')
  const declared = node ? attribute(node, 'ispermalink').toLowerCase() : 'false'
  if (declared === 'false') return null
  return isWebAddress(guid) || (declared === 'true' && guid.includes('/')) ? absolute(guid, base) : null
}

function otherTitle(fields: Fields): string {
  const media = mediaElements(fields, 'media:title')[0]
  return firstText(fields, 'atom:title', 'itunes:title') || (media ? elementTitle(media) : '')
}

function summary(fields: Fields, base: string): string {
  const node =
    first(fields, 'description', 'dc:description', 'dcterms:abstract', 'itunes:summary', 'summary') ??
    mediaElements(fields, 'media:description').find(found => textOf(found).trim() !== '') ??
    first(fields, 'itunes:subtitle')
  if (node) return markup(node, base)
  return constructHtml(first(fields, 'atom:summary'), base)
}

function content(fields: Fields, base: string): string {
  const node = first(fields, 'content:encoded', 'xhtml:body', 'fullitem', 'xhtml:div', 'body', 'content')
  if (node) return markup(node, base)
  return constructHtml(first(fields, 'atom:content'), base)
}

/** RSS text is HTML, escaped or not. */
function markup(node: XmlNode, outerBase: string): string {
  const base = baseOf(node, outerBase)
  return resolveAddresses(innerHtml(node, true, base).trim(), base)
}
