/** Prints the article alone: its head and its text, in a frame of its own that is there only for that. */
import { mount, unmount } from 'svelte'
import type { Article } from '../../../src-main/api/model.ts'
import { wait } from '../../lib/wait.ts'
import { articleName } from '../../library/article-name.ts'
import { absoluteTime } from '../../messages/format.ts'
import PrintFrame from './PrintFrame.svelte'
import stylesheet from './print-frame.css?url'

/** `body` is the article's text as article-html.ts makes it. */
type Printed = { article: Article; feedTitle: string; body: DocumentFragment; showsAddresses: boolean }

/** What pictures have at most, in ms: a server that does not answer must not keep the dialog away. */
const patience = 8_000

/**
 * Opens the system's or the browser's print dialog. Not by printing the window: the text's own frame is as high as its text,
 * and Chromium cuts such a frame through the middle of a line at the end of a page.
 */
export async function printArticle(page: Document, printed: Printed): Promise<void> {
  const { promise, resolve: onready } = Promise.withResolvers<HTMLIFrameElement>()
  const mounted = mount(PrintFrame, { target: page.body, props: { onready } })
  const { contentWindow: window, contentDocument: paper } = await promise
  if (!window || !paper) return
  await fill(paper, printed)
  // Not right away: some browsers return from print() while their dialog still reads the frame.
  window.addEventListener('afterprint', () => setTimeout(() => void unmount(mounted), 1_000), { once: true })
  window.print()
}

/** Answers when all of it is there, or after some seconds without. */
async function fill(paper: Document, printed: Printed): Promise<void> {
  const { article, body, showsAddresses } = printed
  paper.title = articleName(article)
  paper.documentElement.lang = article.language || 'und'
  paper.documentElement.toggleAttribute('data-addresses', showsAddresses)
  const style = styleIn(paper)
  const text = paper.createElement('main')
  text.dir = 'auto'
  text.append(body)
  prepareForPaper(text)
  paper.body.append(headOf(paper, printed), text)
  const all = Promise.all([style, ...[...paper.images].map(loaded)]).then(() => paper.fonts.ready)
  await Promise.race([all, wait(patience)])
}

function styleIn(paper: Document): Promise<unknown> {
  const link = paper.createElement('link')
  link.rel = 'stylesheet'
  link.href = stylesheet
  paper.head.append(link)
  return settled(link)
}

function headOf(paper: Document, { article, feedTitle }: Printed): HTMLElement {
  const head = paper.createElement('header')
  head.append(
    line(paper, 'p', 'source', feedTitle),
    line(paper, 'h1', 'title', articleName(article)),
    line(paper, 'p', 'byline', [article.author, absoluteTime(article.publishedAt)].filter(Boolean).join(' · ')),
  )
  if (article.url) head.append(line(paper, 'p', 'address', article.url))
  return head
}

function line(paper: Document, tag: string, name: string, text: string): HTMLElement {
  const element = paper.createElement(tag)
  element.className = name
  element.dir = 'auto'
  element.textContent = text
  return element
}

/** Paper plays nothing, scrolls nothing and opens nothing. */
function prepareForPaper(text: HTMLElement): void {
  for (const player of text.querySelectorAll('audio, video')) player.remove()
  for (const details of text.querySelectorAll('details')) details.open = true
  for (const image of text.querySelectorAll('img')) image.loading = 'eager'
}

function loaded(image: HTMLImageElement): Promise<unknown> {
  return image.complete ? Promise.resolve() : settled(image)
}

function settled(element: HTMLElement): Promise<unknown> {
  return new Promise(resolve => {
    element.addEventListener('load', resolve, { once: true })
    element.addEventListener('error', resolve, { once: true })
  })
}
