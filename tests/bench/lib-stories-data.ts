/** Days of news of many feeds, made up: words as unevenly frequent as a language's, events that some feeds report, most articles alone. */
import type { Headline } from '../../src-main/stories/headline.ts'
import { randomFrom } from './lib-store-words.ts'

const hour = 60 * 60 * 1_000
const feeds = 1_000
const words = 40_000
const begin = Date.UTC(2026, 2, 2)
/** Of articles, those about an event of others, and those that come with their text. */
const shares = { event: 0.45, text: 0.5 }

type Event = { at: number; words: string[] }

/** `count` headlines over five days, in the order of their times. The same seed makes the same. */
export function makeHeadlines(count: number, { from = 0, hours = 120, seed = 1 } = {}): Headline[] {
  const random = randomFrom(seed)
  // The n-th word is n times as rare as the first (Zipf).
  const anyWord = () => wordNo(Math.floor(words ** random()) - 1)
  const events = Array.from({ length: Math.ceil(count / 20) }, (): Event => {
    const own = Array.from({ length: 9 }, () => wordNo(200 + Math.floor(random() * (words - 200))))
    return { at: random() * hours, words: own.map((word, at) => (at < 3 ? capital(word) : word)) }
  })
  // A few events are everywhere, most are reported by a handful.
  const someEvent = () => events[Math.floor(events.length * random() ** 3)]!
  return Array.from({ length: count }, (_, index) => {
    const event = random() < shares.event ? someEvent() : null
    const word = () => (event && random() < 0.55 ? event.words[Math.floor(random() * event.words.length)]! : anyWord())
    const at = event ? event.at + random() * 36 : random() * hours
    const say = (length: number) => Array.from({ length }, word).join(' ')
    const title = capital(say(7 + Math.floor(random() * 5)))
    const host = `feed${Math.floor(feeds * random() ** 2)}.example`
    return {
      id: from + index + 1,
      title,
      text: random() < shares.text ? say(60) : '',
      language: 'en',
      url: `https://${host}/${slugOf(title, say(2))}-${from + index + 1}.html`,
      host,
      publishedAt: Math.round(begin + Math.min(at, hours) * hour),
    }
  }).toSorted((one, other) => one.publishedAt - other.publishedAt)
}

/** As publishers write it: of the title, and a little besides. */
function slugOf(title: string, more: string): string {
  return `${title} ${more}`.toLowerCase().replaceAll(' ', '-')
}

/** Half of a text is words that the method stops at. */
const frequent =
  'the of and to in a is that for it on with as was at by be from this are an have has not but they or which its new will one were their more said when who about also can after two first there time over other some into so'.split(
    ' ',
  )
const syllables = ['ba', 'ke', 'li', 'mo', 'nu', 'ra', 'se', 'ti', 'vo', 'du', 'pa', 'ne', 'ri', 'go', 'fu', 'ma']

function wordNo(number: number): string {
  const known = frequent[number]
  if (known) return known
  let rest = number + 16
  let word = ''
  for (; rest > 0; rest = Math.floor(rest / 16)) word += syllables[rest % 16]
  return word
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}
