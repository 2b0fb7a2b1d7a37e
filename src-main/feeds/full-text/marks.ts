/** What a page says of itself in standard marks: schema.org, Open Graph, forms. Read before anything is taken out of it. */
import { collapse } from '../../lib/text.ts'
import { isRecord, parseJson } from '../json.ts'
import type { Page, PageElement } from './page.ts'

export type Marks = {
  title: string
  heading: string
  /** By Open Graph or schema.org: an article, and no front page or form. */
  saysArticle: boolean
  /** By schema.org or Open Graph: not for everyone (schema.org/isAccessibleForFree). */
  saysPaid: boolean
  /** How the parts begin that are only for subscribers, where the page names and has them. */
  paidParts: string[]
  /** By schema.org; null where it does not say. */
  wordCount: number | null
  asksPassword: boolean
  /** By schema.org: for everyone. */
  saysFree: boolean
  /** What elements say that are called after a paywall and are shown. */
  wallText: string
  /** A maker of paywalls has put its own notice in place of the rest. */
  isRestricted: boolean
}

const mostScripts = 20
const largestScript = 1_000_000
const mostNodes = 2_000
const articleTypes =
  /(?:Article|BlogPosting|LiveBlogPosting|Report|Review|OpinionNewsArticle|Recipe|SocialMediaPosting)$/
const wall =
  '[class*="paywall" i],[id*="paywall" i],[class*="regwall" i],[class*="subscriber-only" i],[class*="subscription-wall" i],' +
  '[class*="article-gate" i],[class*="premium-gate" i],[class*="piano-offer" i],[data-testid*="paywall" i],[class*="offer-wall" i]'
/** Written only where the rest is withheld: by plugins of WordPress and WooCommerce, Ghost, Substack, Patreon, Steady, Poool, Piano. */
const restriction =
  '.mepr-unauthorized-message,.rcp_restricted,.pmpro_content_message,.wc-memberships-content-restricted-message,' +
  '[id^="leaky_paywall_message"],.newspack-content-gate__gate,.gh-post-upgrade-cta,.steady-paywall-container,' +
  '[data-tag^="locked-"],[data-testid="paywall"],.poool-widget,.tp-container-inner,[class*="zephr-registration-wall"]'

export function marksOf(page: Page): Marks {
  const nodes = schemaNodes(page).filter(isArticleNode)
  const meta = (name: string) =>
    page.querySelector(`meta[property="${name}"],meta[name="${name}"]`)?.getAttribute('content') ?? ''
  const parts = nodes.flatMap(paidSelectors)
  return {
    title: collapse(page.querySelector('title')?.textContent ?? '').slice(0, 500),
    heading: collapse(page.querySelector('h1')?.textContent ?? '').slice(0, 500),
    saysArticle: nodes.length > 0 || /^article$/i.test(meta('og:type')),
    saysPaid: nodes.some(isPaid) || /^locked$/i.test(meta('article:content_tier')),
    paidParts: parts.slice(0, 5).flatMap(selector => beginning(page, selector)),
    wordCount: nodes.map(({ wordCount }) => Number(wordCount)).find(count => count > 0) ?? null,
    asksPassword: page.querySelector('input[type="password"]') !== null,
    saysFree: nodes.some(({ isAccessibleForFree }) => /^true$/i.test(String(isAccessibleForFree ?? ''))),
    wallText: [...page.querySelectorAll(wall)].slice(0, 20).map(shownText).join(' '),
    isRestricted: [...page.querySelectorAll(restriction)].slice(0, 20).some(element => shownText(element) !== ''),
  }
}

type Node = Record<string, unknown>

/** All objects of the page's JSON-LD, those within others included. */
function schemaNodes(page: Page): Node[] {
  const scripts = [...page.querySelectorAll('script[type="application/ld+json"]')].slice(0, mostScripts)
  const waiting = scripts.map(({ textContent }) => parseJson((textContent ?? '').slice(0, largestScript)))
  const nodes: Node[] = []
  for (let at = 0; at < waiting.length && waiting.length < mostNodes; at++) {
    const value = waiting[at]
    if (isRecord(value)) nodes.push(value)
    if (typeof value === 'object' && value !== null) waiting.push(...Object.values(value).slice(0, mostNodes))
  }
  return nodes
}

function isArticleNode(node: Node): boolean {
  return [node['@type']].flat().some(type => typeof type === 'string' && articleTypes.test(type))
}

function isPaid({ isAccessibleForFree }: Node): boolean {
  return isAccessibleForFree === false || /^false$/i.test(String(isAccessibleForFree ?? ''))
}

/** Of the parts that are not for everyone. */
function paidSelectors({ hasPart }: Node): string[] {
  return [hasPart]
    .flat()
    .filter(isRecord)
    .filter(isPaid)
    .flatMap(({ cssSelector }) => (typeof cssSelector === 'string' && cssSelector.length < 200 ? [cssSelector] : []))
}

/** What an element says, if it is not hidden till a script wants it. */
function shownText(element: PageElement): string {
  if (element.closest('[hidden],[aria-hidden="true"],[style*="display:none"],[style*="display: none"],template'))
    return ''
  return collapse(element.textContent ?? '').slice(0, 2_000)
}

/** The first words of each element that has some. */
function beginning(page: Page, selector: string): string[] {
  try {
    const parts = [...page.querySelectorAll(selector)].slice(0, 50)
    return parts.map(part => collapse(part.textContent ?? '').slice(0, 80)).filter(text => text.length === 80)
  } catch {
    // What the page gives as a selector is none.
    return []
  }
}
