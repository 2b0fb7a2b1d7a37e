/**
 * Publishers of many kinds misbehave at random for many polls. After each, every article they ever published is there once,
 * what was there is read as the reader left it, and what is new is unread. Each kind of publisher does only what leaves a
 * mark by which a person, too, could tell its articles apart.
 */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addFeed, makeStore, someNoon } from '../../support/articles.ts'
import { feedUrl, listed, publish, readAll, type Said } from '../../support/publisher.ts'

const hour = 60 * 60 * 1_000
const notes = 'Every evening at seven our team sums up the day for you. '.repeat(6)
const words = 'ferry harbour tide council bridge market rain lamp engine letter north stone window garden'.split(' ')

/** A text that no other number has much of. */
function prose(n: number): string {
  return Array.from({ length: 30 }, (_, at) => words[(n * 7 + at * (n + 3)) % words.length] + String(n * 31 + at)).join(
    ' ',
  )
}

const dated = (n: number) => new Date(someNoon - 400 * 24 * hour + n * 26 * hour).toISOString()

type Publisher = { say: (n: number) => Said; misdeeds: Misdeed[]; leastShown?: number }
type Misdeed = keyof typeof deeds

/** What is done to one item, or to all that are out. `poll` counts up. */
const deeds = {
  'new-guid': (item: Said, poll: number) => ({ ...item, id: item.id && `${item.link ?? item.title}/${poll}` }),
  'drop-guid': (item: Said) => ({ ...item, id: null }),
  https: (item: Said) => ({ ...item, link: swap(item.link), id: swap(item.id) }),
  www: (item: Said) => ({ ...item, link: item.link?.replace(/\/\/(www\.)?/, '//www.') }),
  domain: (item: Said, poll: number) => ({ ...item, link: item.link?.replace(/\/\/[^/]+/, `//host${poll}.example`) }),
  tracking: (item: Said, poll: number) => ({
    ...item,
    link: item.link?.replace(/(\?[^#]*)?(#.*)?$/, `?utm_source=poll${poll}$2`),
  }),
  'edit-title': (item: Said, poll: number) => ({
    ...item,
    title: item.title && `${item.title.replace(/ \(.*/, '')} (update ${poll})`,
  }),
  'edit-text': (item: Said, poll: number) => ({
    ...item,
    text: item.text && `${item.text.replace(/ Update.*/, '')} Update of poll ${poll}.`,
  }),
  'date-anew': (item: Said, poll: number) => ({
    ...item,
    publishedAt: new Date(someNoon + poll * 30 * hour).toISOString(),
  }),
  undate: (item: Said) => ({ ...item, publishedAt: null }),
}

function swap(address: string | null | undefined): string | null {
  if (!address) return null
  return address.startsWith('https:') ? address.replace('https:', 'http:') : address.replace('http:', 'https:')
}

const site = 'http://gazette.example'
const publishers: Record<string, Publisher> = {
  'a paper with guids, links and dates': {
    say: n => ({
      id: `${site}/?p=${n}`,
      link: `${site}/story/${n}`,
      title: `Story ${prose(n).slice(0, 30)}`,
      text: prose(n),
      publishedAt: dated(n),
    }),
    misdeeds: ['new-guid', 'drop-guid', 'https', 'www', 'domain', 'tracking', 'edit-title', 'edit-text'],
  },
  'a paper that dates anew and keeps its guids': {
    say: n => ({
      id: `p-${n}`,
      link: `${site}/story/${n}`,
      title: `Story ${n}`,
      text: prose(n),
      publishedAt: dated(n),
    }),
    misdeeds: ['date-anew', 'undate', 'https', 'tracking', 'edit-title', 'edit-text'],
  },
  'a podcast with the same title and notes': {
    say: n => ({
      id: `ep-${n}`,
      title: 'Evening news',
      text: notes,
      file: `https://cast.example/${n}.mp3`,
      publishedAt: dated(n),
    }),
    misdeeds: ['edit-title', 'edit-text', 'date-anew', 'undate'],
  },
  'a monitor that says the same at each of its pages': {
    say: n => ({
      id: `ev-${n}`,
      link: `${site}/event/${n}`,
      title: 'Service is up',
      text: 'Monitor is UP',
      publishedAt: dated(n),
    }),
    misdeeds: ['https', 'www', 'tracking', 'edit-text', 'drop-guid'],
  },
  'headlines with nothing but links': {
    say: n => ({ link: `${site}/h/${n}`, title: `Headline ${n} of ${words[n % words.length]}` }),
    misdeeds: ['https', 'www', 'tracking', 'edit-title'],
  },
  'headlines with nothing but links, that move': {
    say: n => ({ link: `${site}/h/${n}`, title: `Headline ${n} of ${words[n % words.length]}` }),
    misdeeds: ['https', 'www', 'tracking', 'domain'],
  },
  'a changelog on one page': {
    say: n => ({
      link: `${site}/changes#v${n}`,
      title: `Version ${n}`,
      text: `Version ${n} adds things`,
      publishedAt: dated(n),
    }),
    misdeeds: ['https', 'tracking', 'edit-text'],
  },
  'a price list with one guid and one link': {
    say: n => ({ id: 'same', link: `${site}/product`, title: `Price is ${n}`, text: prose(n), publishedAt: dated(n) }),
    misdeeds: ['edit-text', 'https'],
    // One alone can't be told from an edit of the one before.
    leastShown: 3,
  },
  'notes without titles': {
    say: n => ({ id: `note-${n}`, link: `${site}/notes/${n}`, text: prose(n), publishedAt: dated(n) }),
    misdeeds: ['new-guid', 'domain', 'edit-text', 'https'],
  },
  'pictures without words': {
    say: n => ({ id: `photo-${n}`, pictures: [`https://pics.example/${n}.jpg`], publishedAt: dated(n) }),
    misdeeds: ['undate', 'date-anew'],
  },
  'a link blog that links three pages again and again': {
    say: n => ({
      id: `lb-${n}`,
      link: `https://other.example/${n % 3}`,
      title: `Thought ${prose(n).slice(0, 20)}`,
      text: prose(n),
      publishedAt: dated(n),
    }),
    misdeeds: ['edit-text', 'tracking', 'date-anew'],
  },
  'notes with nothing but words and days': {
    say: n => ({ text: prose(n), publishedAt: dated(n) }),
    misdeeds: ['edit-text'],
  },
}

const poll = (misdeeds: Misdeed[]) =>
  fc.record({
    deed: fc.constantFrom<Misdeed | 'nothing' | 'shuffle' | 'empty'>(...misdeeds, 'nothing', 'shuffle', 'empty'),
    fresh: fc.integer({ min: 0, max: 3 }),
    /** How many are in the document: a few, so that articles leave, or all. */
    shown: fc.constantFrom(1, 3, 8, 30),
  })

test.each(Object.entries(publishers))(
  'nothing of %s is doubled, lost, unread again or read when new',
  (_, { say, misdeeds, leastShown = 1 }) => {
    fc.assert(
      fc.property(fc.array(poll(misdeeds), { minLength: 20, maxLength: 20 }), polls => {
        using store = makeStore()
        const feedId = addFeed(store.db, feedUrl)
        let out = [say(1), say(0)]
        const shownEver = new Set<number>()
        for (const [index, { deed, fresh, shown }] of polls.entries()) {
          const first = out.length
          if (deed !== 'nothing' && deed !== 'shuffle' && deed !== 'empty')
            out = out.map(item => deeds[deed](item, index))
          out = [...Array.from({ length: fresh }, (_, more) => say(first + more)).reverse(), ...out]
          const document = deed === 'empty' ? [] : out.slice(0, Math.max(shown, leastShown))
          const numbers = document.map((_, at) => out.length - 1 - at)
          const expected = numbers.filter(number => !shownEver.has(number)).length
          for (const number of numbers) shownEver.add(number)

          publish(store.db, feedId, deed === 'shuffle' ? document.toReversed() : document, someNoon + index * hour)
          const unread = listed(store.db).filter(({ isRead }) => !isRead)
          expect(unread.length, `new in poll ${index}`).toBe(expected)
          readAll(store.db)
        }
        expect(listed(store.db)).toHaveLength(shownEver.size)
      }),
      { numRuns: Number(process.env.PROPERTY_RUNS ?? 3) },
    )
  },
  120_000,
)
