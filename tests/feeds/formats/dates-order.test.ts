import { describe, expect, test } from 'vitest'
import { parseFeed } from '../../../src-main/feeds/formats/parse.ts'

/** The days that an RSS feed with these dates is read to have. */
function days(dates: string[], language = '', name = 'pubDate'): (string | undefined)[] {
  const items = dates.map(date => `<item><title>t</title><${name}>${date}</${name}></item>`).join('')
  return daysOf(`<rss version="2.0"><channel><title>t</title><language>${language}</language>${items}</channel></rss>`)
}

function daysOf(text: string): (string | undefined)[] {
  const parsed = parseFeed(text, { url: 'https://news.example/feed', contentType: null })
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.failure))
  return parsed.feed.items.map(item => (item.publishedAt ?? item.updatedAt ?? undefined)?.slice(0, 10))
}

describe('the order of day and month is one for all dates of a feed', () => {
  test.each(['/', '-'])('one day above 12 settles it, with %s', mark => {
    const dayFirst = ['25/11/2026 10:00:00', '12/11/2026 10:00:00', '03/11/2026'].map(date =>
      date.replaceAll('/', mark),
    )
    expect(days(dayFirst, 'en-us')).toEqual(['2026-11-25', '2026-11-12', '2026-11-03'])
    const monthFirst = ['11/25/2026 10:00:00', '11/12/2026 10:00:00', '11/03/2026'].map(date =>
      date.replaceAll('/', mark),
    )
    expect(days(monthFirst, 'it-it')).toEqual(['2026-11-25', '2026-11-12', '2026-11-03'])
  })

  test('a weekday settles it as well', () => {
    expect(days(['Tue, 03/11/2026 10:00', '04/11/2026'])).toEqual(['2026-11-03', '2026-11-04'])
    expect(days(['Wed, 03/11/2026 10:00', '04/11/2026'], 'fr')).toEqual(['2026-03-11', '2026-04-11'])
  })

  test('where most say one thing, a single slip does not count', () => {
    expect(days(['25/11/2026', '24/11/2026', '11/23/2026', '05/11/2026']).at(-1)).toBe('2026-11-05')
  })

  test('else items are in their order', () => {
    expect(days(['05/12/2026', '02/12/2026', '11/11/2026', '10/11/2026'])).toEqual([
      '2026-12-05',
      '2026-12-02',
      '2026-11-11',
      '2026-11-10',
    ])
  })

  test.each([
    ['it', '2026-11-03'],
    ['de-AT', '2026-11-03'],
    ['en-GB', '2026-11-03'],
    ['en_AU', '2026-11-03'],
    ['pt-br', '2026-11-03'],
    ['en-us', '2026-03-11'],
    ['ja', '2026-03-11'],
    ['', '2026-03-11'],
    ['something', '2026-03-11'],
  ])('else the language tells: "%s"', (language, day) => {
    expect(days(['03/11/2026'], language)).toEqual([day])
  })

  test('else the number that changes is the day', () => {
    expect(days(['12/11/2026', '11/11/2026', '10/11/2026'])).toEqual(['2026-11-12', '2026-11-11', '2026-11-10'])
  })

  test('two digits of the year, a clock before and after the date, and am and pm', () => {
    expect(days(['25/11/26', '03/11/26'])).toEqual(['2026-11-25', '2026-11-03'])
    expect(days(['25/11/2026 10:00 PM', '10:00 03/11/2026', '04/11/2026 1:00 PM'])).toEqual([
      '2026-11-25',
      '2026-11-03',
      '2026-11-04',
    ])
  })

  test('other dates of the feed stay what they are', () => {
    expect(days(['25/11/2026', 'Tue, 03 Nov 2026 10:00:00 GMT', '2026-11-03', '03.11.2026'])).toEqual([
      '2026-11-25',
      '2026-11-03',
      '2026-11-03',
      '2026-11-03',
    ])
  })

  test('each kind of date element counts, in RSS, Atom and JSON Feed', () => {
    expect(days(['25/11/2026', '03/11/2026'], '', 'dc:date')).toEqual(['2026-11-25', '2026-11-03'])
    const entry = (date: string) => `<entry><id>${date}</id><updated>${date}</updated></entry>`
    const atom = `<feed xmlns="http://www.w3.org/2005/Atom">${entry('25/11/2026')}${entry('03/11/2026')}</feed>`
    expect(daysOf(atom)).toEqual(['2026-11-25', '2026-11-03'])
    expect(daysOf(atom.replaceAll('25/', '05/').replace('Atom"', 'Atom" xml:lang="de"'))).toEqual([
      '2026-11-05',
      '2026-11-03',
    ])
    const items = ['25/11/2026', '03/11/2026'].map(date => ({ id: date, date_published: date }))
    expect(daysOf(JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', items }))).toEqual([
      '2026-11-25',
      '2026-11-03',
    ])
  })

  test('an update may settle what the publication leaves open', () => {
    const item = '<item><pubDate>03/11/2026</pubDate><atom:updated>25/11/2026</atom:updated></item>'
    expect(daysOf(`<rss version="2.0"><channel>${item}</channel></rss>`)).toEqual(['2026-11-03'])
  })
})
