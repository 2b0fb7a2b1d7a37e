/** Finds the page that shows a message on the web: 'View in browser', in the languages that newsletters are written in. */
import { type ChildNode, type Element, isTag, isText, type ParentNode } from 'domhandler'
import { withoutTracking } from '../../lib/tracking.ts'
import { isWeb, webHref } from '../../lib/urls.ts'
import { fold } from '../prepare/identity-keys.ts'
import { nodesOf, takeOut, textOf } from './tree.ts'

/** Words of such a link, and of the sentence around it that is about nothing else. */
const longestWords = 90
const longestSentence = 200
/** The head of a message, in letters of text. */
const headLength = 600
/** Many messages have theirs at their end. */
const mostLinks = 2_000

/** In the words of a link. Most are 'browser' or 'online version' in some language; none of them alone is a word of a headline. */
const words = [
  /\b(?:in|on|with|from|via) (?:your |the |a |my )?(?:web ?)?browser\b|\b(?:view|read|see|open|show)\b.{0,40}\b(?:online|on the web|on (?:our|the) (?:web ?)?site|in (?:a |your |the )?browser|web ?version)\b/,
  /\b(?:web|online|browser|html)[ -]?(?:version|view|ansicht|fassung|versie|versjon|versionen)\b|^(?:view|read) (?:online|on web)$/,
  /\b(?:im|in (?:ihrem|deinem|einem)) (?:web)?browser\b|\bonline (?:lesen|ansehen|anzeigen|betrachten|öffnen)\b|\bim web (?:lesen|ansehen)\b/,
  /\b(?:dans|sur) (?:votre|ton|le|un) navigateur\b|\bversion (?:en ligne|web)\b|\b(?:voir|lire|afficher|consulter)\b.{0,40}\ben ligne\b/,
  /\ben (?:el|su|tu|un) navegador\b|\bversi[oó]n (?:web|online|en l[ií]nea)\b|\b(?:ver|leer) (?:en l[ií]nea|online)\b/,
  /\bno (?:seu )?navegador\b|\bvers[aã]o (?:web|online)\b|\b(?:ver|ler) online\b/,
  /\bnel (?:tuo |suo )?browser\b|\bversione (?:web|online)\b|\b(?:leggi|visualizza|guarda) online\b/,
  /\b(?:in (?:je|uw|de|een)) browser\b|\bonline (?:bekijken|lezen|versie)\b|\bbekijk\b.{0,30}\bonline\b/,
  /\bi (?:din |en )?(?:web)?(?:browser|webbläsare|webbläsaren|nettleser|nettleseren|browseren)\b|\bwebbversion\b|\b(?:läs|les|læs|visa|vis) (?:på nätet|online|på nett)\b/,
  /\bselaimessa\b|\bverkkoversio\b/,
  /\bw (?:przeglądarce|przegladarce)\b|\bwersj[aęi] (?:online|internetow\S*|www)\b/,
  /\bv (?:prohlížeči|prehliadači|brskalniku)\b|\bonline verz[ei]\b/,
  /\bböngészőben\b|\bonline (?:változat|verzió)\b/,
  /tarayıcı|çevrimiçi/,
  /в (?:браузере|браузері|браузъра|прегледачу)|(?:веб|онлайн)[ -]?верси|онлайн[ -]?версі/,
  /στο(?:ν)? (?:browser|πρόγραμμα περιήγησης)|online έκδοση/,
  /ブラウザ\S{0,4}(?:見|み|表示|開|読|ご覧)|(?:ウェブ|web|オンライン)\s?(?:版|バージョン|で見る|で読む)/,
  /(?:在|用|于)?\s?(?:浏览器|瀏覽器)\S{0,6}(?:查看|打开|開啟|檢視|阅读|閱讀)|(?:网页|網頁|在线|線上)版/,
  /브라우저\S{0,4}\s?(?:보기|열기)|웹\S{0,3}\s?보기|웹 ?버전/,
  /في (?:المتصفح|متصفحك)|בדפדפן|در مرورگر/,
]

/** In the address of such a link. */
const addresses =
  /\/(?:view-?online|view-?in-?browser|webversion|web-?version|viewonline|view_?online|view_?in_?browser|onlineversion|browser-?view|archive\/view)\b|[?&](?:view|action)=(?:web|browser|online)\b|^https?:\/\/(?:[\w-]+\.)*(?:campaign-archive\d?\.com|mailchi\.mp|createsend\.com\/t\/[rt]-e-)/i

export type WebPage = { url: string }

/**
 * The page's address; its link is taken out of the head of the text, with the sentence that is about it alone. `title`: a link in
 * these words leads there, too, and stays.
 */
export function takeWebPage(root: ParentNode, title: string): WebPage | null {
  let length = 0
  let seen = 0
  let named: string | null = null
  let linked: string | null = null
  const found: { link: Element; isInHead: boolean; url: string }[] = []
  const wanted = fold(title)
  for (const node of nodesOf(root)) {
    if (isText(node)) length += node.data.trim().length
    if (!isTag(node) || node.name !== 'a' || seen++ > mostLinks) continue
    const url = addressOf(node.attribs.href ?? '')
    if (url === null) continue
    const text = textOf(node, longestWords + 1)
    const isNamed = text.length <= longestWords && isWebPageLink(text)
    if (isNamed) named ??= url
    else if (addresses.test(url)) linked ??= url
    else if (linked === null && wanted.length >= 4 && text !== '' && fold(text) === wanted) linked = url
    if (isNamed) found.push({ link: node, isInHead: length < headLength, url })
  }
  const sentences = found.filter(({ isInHead }) => isInHead).map(({ link }) => sentenceOf(link))
  takeOut(sentences.filter(sentence => !isWithinSentence(sentence)))
  const url = named ?? linked
  return url === null ? null : { url }
}

/** Whether the words of a link say that it leads to the message's page. */
export function isWebPageLink(text: string): boolean {
  const lower = text.toLowerCase()
  return words.some(pattern => pattern.test(lower))
}

function addressOf(written: string): string | null {
  const url = URL.parse(written.trim())
  return url && isWeb(url) ? webHref(withoutTracking(url)) : null
}

const blocks = new Set(['p', 'div', 'td', 'th', 'li', 'center', 'h4', 'h5', 'h6'])

/** The sentence that is about this link, and what is around it and holds nothing else. */
function sentenceOf(link: Element): ChildNode {
  let whole: Element = link
  let isSentence = false
  for (let outer = link.parent; outer && isTag(outer) && outer.name !== 'body'; outer = outer.parent) {
    const text = textOf(outer, longestSentence + 1)
    const isMore = text !== textOf(whole, longestSentence + 1)
    if (text.length > longestSentence || (isSentence && isMore) || hasMore(outer)) break
    whole = outer
    isSentence ||= blocks.has(outer.name)
  }
  return whole
}

/** Whether a link is some words of a sentence about other things: 'Reply directly, view it on the web, or unsubscribe'. */
function isWithinSentence({ prev, next }: ChildNode): boolean {
  const before = prev && isText(prev) ? prev.data : ''
  const after = next && isText(next) ? next.data : ''
  return /[\p{L}\p{N},;:]\s*$/u.test(before) && /^\s*[\p{L}\p{N},;.]/u.test(after)
}

/** A picture, or a link that is about something else. */
function hasMore(outer: Element): boolean {
  for (const node of nodesOf(outer)) {
    if (!isTag(node)) continue
    if (node.name === 'img' || /^h[1-6]$/.test(node.name)) return true
    if (node.name === 'a' && node.attribs.href && !isWebPageLink(textOf(node, longestWords + 1))) return true
  }
  return false
}
