/** Whether the text of a feed is only the beginning of its article, or a summary of it. */
import { htmlToText } from '../../lib/html-text.ts'
import { comparableAddress } from '../../lib/urls.ts'
import { firstAppeared, furtherAtEnd, furtherLink } from './teaser-words.ts'

/** `html`: as stored. `url`: of the article's page, null if it has none. `hasRecording`: it is a podcast's or a film's. */
export type FeedText = { html: string; title: string; url: string | null; hasRecording?: boolean }

/** What gives a teaser away. */
export type TeaserSign = 'nothing' | 'read-more' | 'cut-off' | 'summary'

/** Whether there is more of this article on its page than the feed gives. In doubt no: a short post is a whole one. */
export function isTeaser(given: FeedText): boolean {
  return teaserSign(given) !== null
}

/** 'Read more' below a longer text leads to other articles, or to comments. */
const longestWithLink = 3_000
/** WordPress cuts after 55 words, others at 500 or 1,000 characters; a longer text that ends in dots ends so on purpose. */
const longestCutOff = 1_200
const longestSummary = 400
/** Shorter words are a caption, or the name of a section. */
const shortestSummary = 40
/** More HTML than that holds no short text. */
const largest = 60_000

export function teaserSign({ html, title, url, hasRecording = false }: FeedText): TeaserSign | null {
  if (url === null || html.length > largest) return null
  const text = withoutOrigin(htmlToText(html))
  // A Chinese or Japanese character says as much as two or three letters.
  const length = text.length + 1.5 * (text.match(/[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/g)?.length ?? 0)
  if (length > longestWithLink) return null
  if (text === '') return hasRecording || shows(html) ? null : 'nothing'
  if (endsInFurtherLink(html, url) || furtherAtEnd.test(text.slice(-200))) return 'read-more'
  if (hasRecording || isPost(title, text)) return null
  if (length <= longestCutOff && isCutOff(text)) return 'cut-off'
  return length >= shortestSummary && length <= longestSummary && isPlain(html, url) ? 'summary' : null
}

/** Pictures, films and players are an article of their own. */
function shows(html: string): boolean {
  return /<(?:img|video|audio)\b|data-embed/.test(html)
}

/** One of the last links is called 'Read more', leads to the article's own site, and has no text of weight after it. */
function endsInFurtherLink(html: string, url: string): boolean {
  const end = html.slice(-4_000)
  const links = [...end.matchAll(/<a href="([^"]+)"[^>]*>([\s\S]{0,600}?)<\/a>/g)]
  return links.slice(-4).some(({ 0: link, 1: href = '', 2: words = '', index }) => {
    const after = withoutOrigin(htmlToText(end.slice(index + link.length)))
    return after.length <= 40 && furtherLink.test(htmlToText(words)) && isSameSite(href, url)
  })
}

/** Without the line that WordPress adds. */
function withoutOrigin(text: string): string {
  const from = Math.max(0, text.length - 800)
  return (text.slice(0, from) + text.slice(from).replace(firstAppeared, '')).trim()
}

/** The same host, or another one of the same name: feeds and pages have `feeds.` and `www.`. */
function isSameSite(href: string, url: string): boolean {
  const [one, other] = [URL.parse(href.replaceAll('&amp;', '&')), URL.parse(url)]
  if (!one || !other) return false
  if (comparableAddress(one) === comparableAddress(other)) return true
  const name = (host: string) => host.split('.').slice(-2).join('.')
  return name(one.hostname) === name(other.hostname)
}

/** A whole post of a few words: without a title of its own, as in a microblog, or with the sign that many blogs end posts with. */
function isPost(title: string, text: string): boolean {
  const said = title.replace(/[\s.…]+$/, '')
  return said === '' || text.startsWith(said) || /[★☆∞⚓◉♦■∎¶#]$/.test(text)
}

function isCutOff(text: string): boolean {
  return /(?:…|\.\.\.|\. \. \.)[\s\])»"”]*$/.test(text)
}

/** One run of words as of a news agency, without what a post is made of: lines, links elsewhere, lists, code, quotes, players. */
function isPlain(html: string, url: string): boolean {
  if (/<(?:ul|ol|pre|code|table|blockquote|video|audio|h[1-6]|math)\b|data-embed/.test(html)) return false
  const count = (tag: RegExp) => html.match(tag)?.length ?? 0
  if (count(/<p\b/g) > 2 || count(/<img\b/g) > 1 || hasLines(html)) return false
  const links = [...html.matchAll(/<a href="([^"]+)"/g)]
  return links.length <= 3 && links.every(([, href = '']) => isSameSite(href, url))
}

/** A dialogue or a poem. One break may stand below a picture, or above the name of the agency. */
function hasLines(html: string): boolean {
  const parts = html.split(/<br\b[^>]*>/).map(htmlToText)
  const lines = parts.filter(part => part !== '')
  return lines.length > 2 || (lines.length === 2 && (lines[1]?.length ?? 0) > 40)
}
