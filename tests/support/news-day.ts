/** A day of news in our own words: five papers report three events, one of them in another language, and things of their own. */
import type { ServedFeed } from './feed-formats.ts'

export type Report = {
  paper: string
  title: string
  text: string
  hoursAgo: number
  event: 'dam' | 'strike' | 'comet' | null
}

const languages: Record<string, string> = { Abendblatt: 'de', Morgenpost: 'de' }

/** In the order in which they came. */
export const reports: Report[] = [
  {
    paper: 'Courier',
    event: 'dam',
    hoursAgo: 9,
    title: 'Dam at Orrin Valley bursts after week of rain',
    text: 'The Orrin Valley dam burst early today; villages below are being evacuated.',
  },
  {
    paper: 'Ledger',
    event: null,
    hoursAgo: 9,
    title: 'How to prune an old pear tree',
    text: 'Begin with what is dead, and stop before you think you should.',
  },
  {
    paper: 'Herald',
    event: 'dam',
    hoursAgo: 8,
    title: 'Thousands flee as Orrin Valley dam bursts',
    text: 'Thousands left their homes in the Orrin Valley after the dam burst.',
  },
  {
    paper: 'Abendblatt',
    event: 'strike',
    hoursAgo: 8,
    title: 'Lokführer streiken: Nordmark steht still',
    text: 'In Nordmark fahren seit dem Morgen keine Züge, die Lokführer streiken.',
  },
  {
    paper: 'Courier',
    event: null,
    hoursAgo: 8,
    title: 'City library lends out its ten millionth book',
    text: 'It was a cookery book, and it was returned late.',
  },
  {
    paper: 'Ledger',
    event: 'dam',
    hoursAgo: 7,
    title: 'Orrin Valley dam burst: what is known so far',
    text: 'What is known of the dam in the Orrin Valley that burst this morning.',
  },
  {
    paper: 'Herald',
    event: 'comet',
    hoursAgo: 6,
    title: 'Comet Halloran visible to the naked eye tonight',
    text: 'Comet Halloran will be seen low in the west after sunset.',
  },
  {
    paper: 'Morgenpost',
    event: 'strike',
    hoursAgo: 6,
    title: 'Streik der Lokführer legt Züge in Nordmark lahm',
    text: 'Die Lokführer in Nordmark streiken für mehr Lohn, kein Zug fährt.',
  },
  {
    paper: 'Courier',
    event: 'comet',
    hoursAgo: 5,
    title: 'Where to look for Comet Halloran tonight',
    text: 'Look west after sunset: Comet Halloran is at its brightest.',
  },
  {
    paper: 'Morgenpost',
    event: null,
    hoursAgo: 4,
    title: 'Ein Dorf backt das längste Brot des Landes',
    text: 'Am Ende reichte es einmal um den Marktplatz.',
  },
  {
    paper: 'Abendblatt',
    event: null,
    hoursAgo: 3,
    title: 'Museum zeigt Uhren aus drei Jahrhunderten',
    text: 'Die meisten gehen noch, wenn auch nicht gleich.',
  },
  {
    paper: 'Ledger',
    event: 'comet',
    hoursAgo: 2,
    title: 'Comet Halloran at its brightest: how to see it tonight',
    text: 'Comet Halloran can be seen with the naked eye low in the west.',
  },
]

export const papers = [...new Set(reports.map(({ paper }) => paper))]

export const languageOf = (paper: string): string => languages[paper] ?? 'en'
/** A site of its own for each paper. */
export const addressOf = ({ paper, title }: Report): string =>
  `https://www.${paper.toLowerCase()}.example/${title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}`

/** What a server has of a paper, by its path. */
export function feedOf(paper: string, now: number): [path: string, feed: ServedFeed] {
  const own = reports.filter(report => report.paper === paper)
  const items = own.map(report => ({
    id: report.title,
    title: report.title,
    url: addressOf(report),
    html: `<p>${report.text}</p>`,
    publishedAt: now - report.hoursAgo * 3_600_000,
  }))
  const site = `https://www.${paper.toLowerCase()}.example/`
  const feed = {
    format: 'rss' as const,
    title: paper,
    siteUrl: site,
    description: '',
    language: languageOf(paper),
    items,
  }
  return [`/${paper.toLowerCase()}.xml`, feed]
}

/** Titles that came to one story, by event. */
export function titlesOf(event: Report['event']): string[] {
  return reports
    .filter(report => report.event === event)
    .sort((a, b) => b.hoursAgo - a.hoursAgo)
    .map(({ title }) => title)
}
