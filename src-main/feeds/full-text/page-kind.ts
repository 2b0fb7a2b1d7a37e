/**
 * What a page is that was asked for an article, told from its structure and from standard marks. An article is never taken for
 * something else: where there is much running text, only the publisher's own word that it is cut counts.
 */
import type { NoArticle } from '../../api/model.ts'
import { hasBotWallSigns, isBotWallTitle } from '../../http/bot-wall.ts'
import { htmlToText } from '../../lib/html-text.ts'
import {
  consentAddress,
  consentManager,
  consentWords,
  logInAddress,
  logInTitle,
  notFoundTitle,
  subscribersOnly,
} from './kind-words.ts'
import type { Marks } from './marks.ts'

/** `html`, `text`: of what was found, empty where nothing was. `page`: its source. `asked`: the address before redirects. */
export type Seen = { marks: Marks; html: string; text: string; page: string; url: string; asked: string }

/** In characters outside of links. Walls and error pages have less, but for what they offer to read instead. */
const littleProse = 700
/** What publishers give of an article to everyone. */
const longestBeginning = 1_500
/** In words: what stands around a form for signing in, as its terms and a greeting. */
const mostInForm = 200
const largestSource = 300_000

/** Null for an article. */
export function notAnArticle(seen: Seen): Exclude<NoArticle, 'less-than-feed'> | null {
  const { marks, page, url, asked, text } = seen
  if (isFrontPage(url) && !isFrontPage(asked)) return 'error-page'
  if (marks.saysPaid && isCut(seen)) return 'paywall'
  const prose = proseIn(seen.html)
  if (prose.length < longestBeginning && endsAtWall(seen)) return 'paywall'
  if (prose.length >= littleProse) return null
  if (isBotWallTitle(marks.title) || (!marks.saysArticle && hasBotWallSigns(page.slice(0, 65_536)))) return 'bot-wall'
  if (!marks.saysArticle && [marks.title, marks.heading].some(words => notFoundTitle.test(words))) return 'error-page'
  if (isConsent(seen)) return 'consent'
  if (isLogIn(seen, prose)) return 'log-in'
  if (text === '' && !/<(?:img|video|audio)\b|data-embed/.test(seen.html)) return 'not-an-article'
  return !marks.saysArticle && isMostlyLinks(seen.html) ? 'not-an-article' : null
}

/** The text outside of links. */
function proseIn(html: string): string {
  return htmlToText(html.replace(/<a\s[^>]*>[\s\S]*?<\/a>/g, ' '))
}

/** Sites that lead from an article that is gone to their first page. */
function isFrontPage(address: string): boolean {
  const url = URL.parse(address)
  return url !== null && /^\/(?:index\.\w+)?$/.test(url.pathname) && url.search === ''
}

/** The publisher says that the page is not for everyone: whether this is the beginning only. */
function isCut({ marks, text }: Seen): boolean {
  // Some publishers send the whole text and hide it: what the page holds may be read.
  if (marks.paidParts.some(beginning => text.includes(beginning))) return false
  const words = text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0
  // Chinese and Japanese have no spaces to count words by.
  if (marks.wordCount !== null && !/[\u3040-\u30ff\u3400-\u9fff]{8}/.test(text)) return words < marks.wordCount * 0.6
  return text.length < longestBeginning || /(?:…|\.\.\.)\s*$/.test(text)
}

/** What was found ends with an offer to subscribers, an element of that name makes one, or a paywall's own notice is there. */
function endsAtWall({ marks, text }: Seen): boolean {
  if (marks.saysFree) return false
  return (
    marks.isRestricted ||
    subscribersOnly.test(marks.wallText) ||
    (text.length < longestBeginning && subscribersOnly.test(text.slice(-300)))
  )
}

function isConsent({ marks, page, url, text }: Seen): boolean {
  if (consentAddress.test(url)) return true
  const source = page.slice(0, largestSource)
  if (marks.saysArticle || !consentManager.test(source)) return false
  const words = text === '' ? htmlToText(source).slice(0, 3_000) : text
  return (words.match(consentWords)?.length ?? 0) >= 3
}

/** Many old sites have a small form for members beside every article. */
function isLogIn({ marks, url, asked }: Seen, prose: string): boolean {
  const isNamed = [marks.title, marks.heading].some(words => logInTitle.test(words))
  if (isNamed || isLogInAddress(url)) return marks.asksPassword || !isLogInAddress(asked)
  return marks.asksPassword && !marks.saysArticle && prose.length < mostInForm
}

function isLogInAddress(address: string): boolean {
  return logInAddress.test(URL.parse(address)?.pathname ?? '')
}

/** Links and next to nothing else, not even pictures. */
export function isMostlyLinks(html: string): boolean {
  if (/<img\b/.test(html)) return false
  const prose = proseIn(html).length
  const links = htmlToText(html).length - prose
  return links > 400 && links > prose * 4
}
