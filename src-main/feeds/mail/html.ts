/**
 * The HTML of a message as an article's, before it is sanitised: without what mail hides, with the pictures that it brings along,
 * and without the tables that only place things. Nothing here has to be safe.
 */
import render from 'dom-serializer'
import { type Element, isComment, isDirective, isTag, isText, Text } from 'domhandler'
import { parseDocument } from 'htmlparser2'
import { flatten } from '../sanitize/flatten.ts'
import { type HiddenNames, hasTinyWords, hiddenNames, isCounting, isHidden } from './hidden.ts'
import type { Pictures } from './pictures.ts'
import { unfoldTables } from './tables.ts'
import { allElements, isBlank, nodesOf, replaceWith, takeOut, withoutFillerRuns } from './tree.ts'
import { takeWebPage } from './web-page.ts'

/** In letters; pictures may be written in it. Mail programs on the web cut a message long before. */
const longestHtml = 2_000_000
/** More than a browser lays out in a second (feeds/sanitize/budget.ts), each of which takes memory here. */
const mostTags = 60_000

export type ReadHtml = { html: string; webPage: string | null; isCut: boolean }

export function readHtml(written: string, { pictures, title }: { pictures: Pictures; title: string }): ReadHtml {
  const end = endOfRead(written)
  const { root, names } = shownTree(flatten(written.slice(0, end)))
  for (const element of allElements(root)) {
    if (element.name === 'img') placePicture(element, pictures, names)
    else withoutInnerAddresses(element)
  }
  for (const node of nodesOf(root)) if (isText(node)) node.data = withoutFillerRuns(node.data)
  const webPage = takeWebPage(root, title)
  unfoldTables(root)
  return {
    html: render(root.children, { encodeEntities: 'utf8' }),
    webPage: webPage?.url ?? null,
    isCut: end < written.length,
  }
}

type Shown = { root: ReturnType<typeof parseDocument>; names: HiddenNames }

function shownTree(html: string): Shown {
  const root = parseDocument(html)
  const names = takeSheets(root)
  takeOut(allElements(root).filter(element => isHidden(element, names)))
  takeOut(allElements(root).flatMap(element => (hasTinyWords(element) ? element.children.filter(isText) : [])))
  if (!root.children.every(isBlank)) return { root, names }
  // All of it is hidden, as in a page whose script was to show it: better than an empty article.
  const all = parseDocument(html)
  takeSheets(all)
  return { root: all, names: hiddenNames([]) }
}

function endOfRead(html: string): number {
  let tags = 0
  for (let at = html.indexOf('<'); at >= 0 && at < longestHtml; at = html.indexOf('<', at + 1)) {
    if (++tags > mostTags) return at
  }
  return Math.min(html.length, longestHtml)
}

/** Takes out what says how the message looks, and tells what it hides. */
function takeSheets(root: ReturnType<typeof parseDocument>): HiddenNames {
  const sheets: string[] = []
  const gone = [...nodesOf(root)].filter(node => {
    if (isTag(node) && node.name === 'style') {
      const [text] = node.children
      if (text && isText(text) && isForScreens(node)) sheets.push(text.data)
    }
    // What Outlook alone is to show is written as comments.
    return (
      isComment(node) || isDirective(node) || (isTag(node) && /^(?:style|script|title|meta|link|base)$/.test(node.name))
    )
  })
  takeOut(gone as Element[])
  return hiddenNames(sheets)
}

function isForScreens({ attribs }: Element): boolean {
  return !attribs.media || /^\s*(?:all|screen)\s*$/i.test(attribs.media)
}

/**
 * A picture with its own address and nothing else that leads somewhere: mail has no scripts, so another address would be shown by
 * mistake, and could tell who reads.
 */
function placePicture(image: Element, pictures: Pictures, names: HiddenNames): void {
  if (isCounting(image, names)) {
    takeOut([image])
    return
  }
  const { src = '', alt, title, width, height, dir, lang } = image.attribs
  const given = { src: src.trim(), alt, title, width, height, dir, lang }
  image.attribs = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Record<
    string,
    string
  >
  if (!pictures.isInside(src)) return
  const placed = pictures.at(src)
  if (placed.kind === 'shown') image.attribs.src = placed.address
  else if (placed.kind === 'missing') replaceWith(image, alt ? [new Text(alt)] : [])
  else replaceWith(image, [new Text(`[${leftOut(alt || placed.part.fileName)}]`)])
}

export function leftOut(name: string): string {
  return name === '' ? 'A picture is not shown' : `Picture not shown: ${name}`
}

/** Addresses of `cid:` elsewhere lead nowhere; sets of pictures and backgrounds are as those of pictures above. */
function withoutInnerAddresses({ name, attribs }: Element): void {
  delete attribs.background
  if (name === 'source') delete attribs.srcset
  for (const key of ['href', 'src', 'poster']) if (/^\s*cid:/i.test(attribs[key] ?? '')) delete attribs[key]
}
