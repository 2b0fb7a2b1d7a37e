/** A digest as it is read: its name, and its HTML, which is sanitised as any article's is. */
import { summaryAfter } from '../api/reading/summary.ts'
import { headlineMark, type WrittenDigest } from '../feeds/prepare/digest.ts'
import { escapeHtml, escapeText } from '../lib/escape.ts'
import { collapse, shortened } from '../lib/text.ts'
import type { Digest, DigestItem, DigestPart } from './compose.ts'

const headings: Record<DigestPart['name'], string> = {
  stories: 'Top stories',
  newest: 'New in your folders',
  saved: 'Saved, and not read',
  quiet: 'Quiet feeds that spoke',
  newsletters: 'Newsletters',
}

/** Of a summary, so much is one or two lines. */
const longestSummary = 200
const mostInSummary = 3

/** `day`: as `localDay` (due.ts) has it. 'Digest, Saturday 28 November'. */
function digestTitle(day: string): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const parts = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long' })
    .formatToParts(new Date(year, month - 1, date))
    .filter(({ type }) => type !== 'literal')
  return `Digest, ${parts.map(({ value }) => value).join(' ')}`
}

export function headingOf({ name }: DigestPart): string {
  return headings[name]
}

function digestHtml({ parts }: Digest): string {
  return parts.map(part => `<h2>${headingOf(part)}</h2>\n${part.items.map(itemHtml).join('\n')}`).join('\n')
}

function itemHtml(item: DigestItem): string {
  const title = escapeText(item.title)
  const headline = item.link === null ? title : `<a href="${escapeHtml(item.link)}">${title}</a>`
  const summary = summaryOf(item)
  const text = summary === '' ? '' : `\n<p dir="auto">${escapeText(summary)}</p>`
  return `<h3 dir="auto">${headline}</h3>\n<p><small>${escapeText(sourceOf(item))}</small></p>${text}`
}

/** One line; '' where there is none. */
export function summaryOf({ title, summary }: DigestItem): string {
  return shortened(summaryAfter(collapse(title), collapse(summary)), longestSummary)
}

/** 'The Gazette · covered by 5 of your sources'. */
export function sourceOf({ feedTitle, sources }: DigestItem): string {
  return sources === undefined ? feedTitle : `${feedTitle} · covered by ${sources} of your sources`
}

/** As it is prepared to be kept, or to leave. */
export function writeDigest(digest: Digest, day: string): Omit<WrittenDigest, 'id'> {
  const marks = digest.parts.flatMap(({ items }) => items.map(headlineMark))
  return { title: digestTitle(day), summary: digestSummary(digest), html: digestHtml(digest), marks }
}

/** What lists show below its name: the first headlines. */
function digestSummary({ parts }: Digest): string {
  const titles = parts.flatMap(({ items }) => items.map(({ title }) => title))
  return titles.slice(0, mostInSummary).join(' · ')
}
