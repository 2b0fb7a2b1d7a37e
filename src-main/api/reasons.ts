/** The words for every failure of a feed, a page or a file. For windows and the command line. */
import type { DiskFault } from './errors.ts'
import type { Failure, NoArticle } from './model.ts'
import { notAListWords } from './reasons-file.ts'
import { httpWords } from './reasons-http.ts'

/** What happened, whose fault it probably is, what to do. Whole sentences, plain text (for textContent). */
export type Explanation = { what: string; why: string; next: string }

/** What is known beside the failure. With `now` (ms since 1970) a time is said as a wait. */
export type About = {
  feedTitle?: string
  now?: number
  /** The address or name that the user typed: the explanation names it. */
  typed?: string
}

export function explain(failure: Failure, about: About = {}): Explanation {
  const it = about.feedTitle ? `“${about.feedTitle}”` : 'the feed'
  const say = words[failure.reason] as (failure: Failure, known: Known) => Explanation
  const said = say(failure, { it, now: about.now })
  return about.typed === undefined ? said : { ...said, what: saidOf(about.typed, failure, said.what) }
}

function saidOf(typed: string, failure: Failure, what: string): string {
  const name = shownName(typed)
  if (failure.reason === 'bad-address') return `“${name}” is not a web address.`
  if (failure.reason === 'not-a-feed' && failure.found.length === 0) return `No feed was found at ${name}.`
  const host = URL.parse(typed)?.hostname ?? URL.parse(`https://${typed}`)?.hostname
  if (failure.reason === 'offline') return `${host || name} could not be asked: this computer is offline.`
  if (failure.reason === 'sign-in')
    return `${host || name} could not be asked: this network wants you to sign in first.`
  const isNamed = what.includes(name) || (host !== undefined && host !== '' && what.includes(host))
  return isNamed ? what : `${name}: ${what}`
}

/** `it`: the feed by its title, or 'the feed'. `now` as in About. */
type Known = { it: string; now?: number }
type Words = {
  [R in Failure['reason']]: (failure: Extract<Failure, { reason: R }>, known: Known) => Explanation
}

const words: Words = {
  'bad-address': () => ({
    what: 'This is not a web address.',
    why: 'An address looks like example.com or https://example.com/feed.',
    next: 'Copy the address from your browser’s address bar and paste it here.',
  }),
  'unknown-name': ({ name }) => ({
    what: `“${shownName(name)}” is no address, and Broadsheet’s catalogue has nothing of that name.`,
    why: 'Names are looked for in the catalogue that comes with Broadsheet. Nobody is asked on the web.',
    next: 'Type the address of its site, such as example.com. Names like @channel, r/name and @user@host work, too.',
  }),
  'unclear-name': ({ matches, name }) => ({
    what: `“${shownName(name)}” may be ${matches.map(({ title, url }) => `${title} (${url})`).join(', or ')}.`,
    why: `Broadsheet’s catalogue has ${count(matches.length, 'feed')} of that name.`,
    next: 'Give the whole name, or the address, of the one you mean.',
  }),
  dns: ({ host }) => ({
    what: `There is no site called ${shown(host)}, or it can’t be found right now.`,
    why: 'Most likely the name is misspelt, or the site no longer exists.',
    next: 'Check the spelling. If it opens in your browser, try again in a few minutes.',
  }),
  refused: ({ host }) => ({
    what: `${shown(host)} refused the connection.`,
    why: 'The machine is there, but no web server answers at this address. It may be restarting, or the port may be wrong.',
    next: 'Check the address, then try again later. Feeds you follow are tried again by themselves.',
  }),
  unreachable: ({ host }) => ({
    what: `${shown(host)} can’t be reached from here.`,
    why: 'The way there is broken: on their side, at a provider in between, or a firewall on yours.',
    next: 'See whether other sites work. If they do, the trouble is not yours: try again later.',
  }),
  offline: () => ({
    what: 'This computer is offline.',
    why: 'No network is connected. None of your feeds is at fault.',
    next: 'Connect to a network; Broadsheet then refreshes by itself. What you have is readable meanwhile.',
  }),
  'sign-in': () => ({
    what: 'This network wants you to sign in first.',
    why: 'It answers in the place of every site until you have, as in hotels, trains and cafés. None of your feeds is at fault.',
    next: 'Open any page in your browser and sign in there, then refresh. What you have is readable meanwhile.',
  }),
  tls: ({ host, detail }) => ({
    what: `The secure connection to ${shown(host)} failed${tlsCause(detail)}.`,
    why: 'Nearly always the site’s fault: it forgot to renew, or set up its certificate wrongly. It can also mean that someone is listening in, or that this computer’s clock is wrong.',
    next: 'Check this computer’s date. If it is right, wait for the site to repair it; your browser will show the same warning.',
  }),
  timeout: ({ seconds }) => ({
    what: `No answer came within ${count(seconds, 'second')}.`,
    why: 'The server is overloaded or down, or the network is very slow.',
    next: 'Try again later. Feeds you follow are tried again by themselves.',
  }),
  'too-slow': ({ seconds }) => ({
    what: `The answer began but was not complete after ${count(seconds, 'second')}, so Broadsheet stopped waiting.`,
    why: 'The server, or the network on the way, is very slow.',
    next: 'Try again later. If it happens often, tell the site.',
  }),
  'too-large': ({ megabytes }) => ({
    what: `What is there is larger than ${megabytes} MB, and was not read to its end.`,
    why: 'Feeds are rarely larger than 1 MB. Either this is something else, or the site puts its whole archive into it.',
    next: 'Check that the address is a feed’s. If it is, ask the site for a shorter one.',
  }),
  http: ({ status }, { it }) => httpWords(status, it),
  'bot-wall': ({ host }) => ({
    what: `${shown(host)} only lets browsers in: it asks for proof of being human.`,
    why: 'The site, or the service that protects it, takes every feed reader for a robot. Nothing is wrong on your side.',
    next: 'Ask the site to let feed readers through to its feed, or look whether it offers the feed at another address.',
  }),
  'retry-later': ({ host, status, until }, { now }) => ({
    what: `${shown(host)} asks us to wait${moment(until, now)}.`,
    why:
      status === 429
        ? 'It has had many requests lately, from us or from others on your network.'
        : 'It is overloaded, or down for maintenance.',
    next: 'Nothing needs doing: Broadsheet asks again then.',
  }),
  gone: (_, { it }) => ({
    what: `The publisher says that ${it} is gone for good.`,
    why: 'It was taken down on purpose; the server says so.',
    next: 'Your articles stay. See whether the site has another feed, or unsubscribe.',
  }),
  'redirect-loop': () => ({
    what: 'The address leads round in circles.',
    why: 'The site sends us from one address to the next without end. Its settings are wrong.',
    next: 'Open the site in your browser and look for another feed address, or tell the site.',
  }),
  'bad-redirect': ({ to }) => ({
    what: `The site sends us on to an address that can’t be followed: ${shown(to)}.`,
    why: 'It is no web address, or it leads from a secure address to an open one.',
    next: 'Look for the feed’s present address on the site.',
  }),
  'private-address': ({ host }) => ({
    what: `${shown(host)} is on this computer or your own network, and was not asked for by you.`,
    why: 'Addresses in feeds, redirects and imported lists may not reach into your network: that is how strangers would look around in it.',
    next: 'If you want it, add it yourself by typing its address, or allow private addresses when importing.',
  }),
  'not-a-feed': ({ found }) =>
    found.length === 0
      ? {
          what: 'No feed was found here.',
          why: 'The site may not have one, or may not say where it is.',
          next: 'Look on the site for the words “RSS”, “Atom” or “Feed”, and paste the address of that link.',
        }
      : {
          what: 'This page is no feed and names none, but its site has one.',
          why: 'The page may be older than the feed, or not belong to it.',
          next: `Follow ${found.length === 1 ? 'this' : 'one of these'} instead: ${found.slice(0, 5).map(shown).join(', ')}.`,
        },
  malformed: ({ detail, line }) => ({
    what: `There is something here, but it can’t be read${line === null ? '' : ` (line ${line})`}: ${plainSentence(detail)}`,
    why: 'What the site sends is damaged, or is no feed. Broadsheet puts up with most mistakes, not with this one.',
    next: 'Try again later: sites often repair it within a day. If it stays, tell the site.',
  }),
  'not-an-export': ({ detail }) => ({
    what: `This file can’t be taken in: ${sentence(detail)}`,
    why: 'It is no ZIP file that Broadsheet has exported, or it was damaged on its way.',
    next: 'Choose a file that Broadsheet has exported, or export it anew. Nothing was changed.',
  }),
  'not-a-list': ({ found }) => notAListWords(found),
  'no-article': ({ found, host }) => pageWords[found](shown(host) || 'The site'),
  encoding: ({ charset }) => ({
    what: `Its text is in a form we can’t read${charset ? ` (${shown(charset)})` : ''}.`,
    why: 'The site names an alphabet coding that doesn’t exist, or uses another than it names.',
    next: 'Tell the site; feeds should be in UTF-8.',
  }),
  unsafe: ({ detail }) => ({
    what: `It was not opened, because it may be an attack: ${sentence(detail)}`,
    why: 'It uses tricks that no honest feed or list needs.',
    next: 'If you trust where it comes from, ask them for a plain one.',
  }),
  'worker-limit': ({ limit }) => ({
    what: `Reading it took too much ${limit}, so it was stopped.`,
    why: 'It is very large or very tangled. Your other feeds are not affected.',
    next: 'Broadsheet tries again later. If it stays, tell the site.',
  }),
  'not-stored': ({ fault }) => ({
    what: 'It could not be stored on this computer.',
    why: storageCause(fault),
    next: 'Nothing you had is lost. Make room or mend the folder, then refresh; Broadsheet also tries again by itself.',
  }),
  'cut-off': (_, { it }) => ({
    what: `What the server sent of ${it} broke off in the middle.`,
    why: 'The connection ended too early, or the site was interrupted while it put the feed together.',
    next: 'What came is here. Broadsheet asks for the rest by itself; if it never comes, tell the site.',
  }),
  'bad-answer': ({ detail }) => ({
    what: `The server’s answer makes no sense: ${plainSentence(detail)}`,
    why: 'The connection broke off, or the server doesn’t keep to the rules of the web.',
    next: 'Try again later. If it stays, tell the site.',
  }),
}

const inBrowser = 'Open the article in your browser. What the feed gives of it stays here.'
const withAccount =
  'If you have an account there, open the article in your browser. What the feed gives of it stays here.'

const pageWords: Record<NoArticle, (host: string) => Explanation> = {
  paywall: () => ({
    what: 'The whole article is only for subscribers.',
    why: 'The publisher gives everybody else its beginning. Broadsheet goes around no paywall.',
    next: withAccount,
  }),
  'log-in': host => ({
    what: `${host} wants you to sign in before it shows this article.`,
    why: 'Broadsheet fetches pages without your accounts and without cookies.',
    next: withAccount,
  }),
  consent: host => ({
    what: `${host} shows its question about cookies instead of the article.`,
    why: 'It wants an answer before it shows anything. Broadsheet gives none, and takes no cookies.',
    next: inBrowser,
  }),
  'bot-wall': host => ({
    what: `${host} only lets browsers in: it asks for proof of being human.`,
    why: 'The site, or the service that protects it, takes every feed reader for a robot. Nothing is wrong on your side.',
    next: inBrowser,
  }),
  'error-page': host => ({
    what: `${host} says that there is nothing at the article’s address any more.`,
    why: 'The article was moved or taken down after the feed named it.',
    next: 'What the feed gives of it stays here. To look for it, open the article in your browser.',
  }),
  'not-an-article': () => ({
    what: 'No article was found on the page.',
    why: 'It may show a film, a game or a list, or a script puts its text there only in a browser.',
    next: inBrowser,
  }),
  'less-than-feed': () => ({
    what: 'The page has no more of this article than the feed gives.',
    why: 'The feed holds all of it already, or the page shows less than the feed.',
    next: 'To see the page as it is, open the article in your browser.',
  }),
}

/** The same in one line, for the command line and the log. */
export function explainInOneLine(failure: Failure, about: About = {}): string {
  return explain(failure, about).what
}

function storageCause(fault: DiskFault | null): string {
  if (fault === 'full') return 'The disk is full. Neither the site nor the feed is at fault.'
  if (fault === 'read-only') return 'Broadsheet’s data folder may not be written.'
  return `The disk, or Broadsheet itself, failed. Neither the site nor the feed is at fault.`
}

/** What is wrong with a certificate, by the code of Node’s TLS: the rest of a sentence, or nothing. */
export function tlsCause(detail: string): string {
  if (/EXPIRED/.test(detail)) return ': its certificate has run out'
  if (/NOT_YET_VALID/.test(detail)) return ': its certificate is not valid yet'
  if (/ALTNAME|HOSTNAME/.test(detail)) return ': its certificate is for another site'
  if (/SELF_SIGNED|DEPTH_ZERO|UNABLE_TO|INVALID_CA|UNTRUSTED/.test(detail))
    return ': nobody we trust vouches for its certificate'
  if (/REVOKED/.test(detail)) return ': its certificate has been withdrawn'
  if (/WRONG_VERSION|EPROTO|UNSUPPORTED|HANDSHAKE|PACKET_LENGTH/.test(detail))
    return ': it speaks no secure protocol that we know'
  return ''
}

/** Codes like UND_ERR_SOCKET and names of exceptions say nothing to a reader; recorded failures may hold some. */
function withoutCodes(detail: string): string {
  return /[A-Z0-9]_[A-Z0-9]|\bE[A-Z]{4,}\b|^[A-Z]\w*Error\b/.test(detail) ? 'it can’t be understood' : detail
}

/** ' for 12 minutes', ' until 2026-03-01 12:00 UTC', or ''. */
function moment(until: number, now: number | undefined): string {
  if (!Number.isFinite(until) || until <= 0) return ''
  if (now === undefined) return ` until ${new Date(until).toISOString().slice(0, 16).replace('T', ' ')} UTC`
  const minutes = Math.max(1, Math.ceil((until - now) / 60_000))
  if (minutes < 90) return ` for ${count(minutes, 'minute')}`
  const hours = Math.round(minutes / 60)
  return hours < 48 ? ` for ${count(hours, 'hour')}` : ` for ${count(Math.round(hours / 24), 'day')}`
}

function count(number: number, unit: string): string {
  const rounded = Math.round(number)
  return `${rounded} ${unit}${rounded === 1 ? '' : 's'}`
}

/** What the user typed, shortened to a line. */
function shownName(typed: string): string {
  const line = shown(typed)
  return line.length > 60 ? `${line.slice(0, 59)}…` : line
}

/** A server's or a file's own text, shortened, in one line, without control characters. */
function shown(text: string): string {
  return text
    .slice(0, 200)
    .replace(/[\s\p{Cc}\u202a-\u202e\u2066-\u2069]+/gu, ' ')
    .trim()
}

/** What one of our readers found, as a sentence without codes. */
export function plainSentence(detail: string): string {
  return sentence(withoutCodes(detail))
}

function sentence(text: string): string {
  const line = shown(text)
  return /[.!?]$/.test(line) ? line : `${line}.`
}
