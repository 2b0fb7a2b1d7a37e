/** Everything that keys, buttons and menus do. */
import { tick } from 'svelte'
import type { CommandName } from '../../src-main/api/host/keys.ts'
import { markdownLink } from '../../src-main/api/reading/markdown.ts'
import { openOutside } from '../lib/open-outside.ts'
import type { Pane } from '../lib/panes.ts'
import { articleName } from '../library/article-name.ts'
import { words } from '../messages/commands.ts'
import { words as readingWords } from '../messages/reading/options.ts'
import type { App } from '../state/app.svelte.ts'
import { articleInHand, type Changing, markViewRead, toggleRead, toggleSaved } from './changes.ts'
import { toggleFullText } from './full-text.ts'
import { listeningCommands } from './listening.ts'
import { openHeadline } from './open-headline.ts'
import { refresh } from './refresh.ts'
import { stepArticle, stepPage, stepSource, stepToFirst, stepToLast, stepUnread } from './stepping.ts'
import { leaveStory, toggleStory } from './stories.ts'

/** Lists the articles of an author. */
export async function searchAuthor(place: App['place'], name: string): Promise<void> {
  // Queries have no escape for a quotation mark within quotation marks.
  const query = `author:"${name.replaceAll('"', '')}"`
  place.searchText = query
  await place.show({ kind: 'search', query })
}

/** Waits for the rows of the view named above the list: right after a change they are still those of the last one. */
export async function markShownRead(app: Changing & Pick<App, 'trending'>): Promise<void> {
  const { view } = app.headlines
  if (!(await app.headlines.areShown()) || app.headlines.view !== view) return
  await markViewRead(app, view)
}

export async function copyText({ toasts }: Pick<App, 'toasts'>, text: string, said: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    toasts.add({ topic: 'clipboard', text: said })
  } catch {
    toasts.add({ topic: 'clipboard', kind: 'problem', text: words.done.notCopied })
  }
}

function copyLink(app: App): void {
  withArticle(app, ({ url }) => {
    if (url) void copyText(app, url, words.done.copiedLink)
    else app.toasts.add({ text: words.done.noLink })
  })
}

type Quotation = { text: string; html: string }

/** As text for a plain editor, and as HTML for one that knows it. */
async function copyQuotation({ toasts }: App, quotation: Quotation | null): Promise<void> {
  if (!quotation) return void toasts.add({ text: words.done.nothingToQuote })
  const { text, html } = quotation
  const forms = {
    'text/plain': new Blob([text], { type: 'text/plain' }),
    'text/html': new Blob([html], { type: 'text/html' }),
  }
  try {
    await navigator.clipboard.write([new ClipboardItem(forms)])
    toasts.add({ topic: 'clipboard', text: words.done.copiedQuotation })
  } catch {
    toasts.add({ topic: 'clipboard', kind: 'problem', text: words.done.notCopied })
  }
}

function copyMarkdownLink(app: App): void {
  withArticle(app, article => {
    if (article.url) void copyText(app, markdownLink(articleName(article), article.url), words.done.copiedMarkdownLink)
    else app.toasts.add({ text: words.done.noLink })
  })
}

function openOriginal(app: App): void {
  withArticle(app, ({ url }) => {
    if (!url || !openOutside(url)) app.toasts.add({ text: words.done.noLink })
  })
}

function loadPictures({ reader, toasts }: App): void {
  const { article } = reader
  if (!article) toasts.add({ text: words.done.noArticle })
  else if (article.reading.pictures === 'never') toasts.add({ text: readingWords.neverLoaded })
  else if (reader.showsPictures) toasts.add({ text: readingWords.loadedAlready })
  else reader.loadPictures()
}

/** For commands on the open or selected article: says so where there is none. */
function withArticle(app: App, act: (article: NonNullable<ReturnType<typeof articleInHand>>) => void): void {
  const article = articleInHand(app)
  if (article) act(article)
  else app.toasts.add({ text: words.done.noArticle })
}

/** The menu's Undo comes while a text field has the focus, too, which has an undo of its own. */
function undoHere(app: App): void {
  const { activeElement } = document
  if (activeElement?.matches('input, textarea, [contenteditable]')) document.execCommand('undo')
  else void app.actions.undo()
}

/** Brings a pane into sight and focuses it. */
function goTo(app: App, page: PageCommands, pane: Pane): void {
  app.layout.reveal(pane)
  void tick().then(() => page.focusPane(pane))
}

function goBack(app: App, page: PageCommands): void {
  const { mode, pane, isDrawerOpen } = app.layout
  if (app.story.isOpen && !isDrawerOpen) void leaveStory(app)
  else if (isDrawerOpen || (mode === 'one' && pane === 'article')) goTo(app, page, 'headlines')
  else if (app.place.before) void app.place.leave()
  else if (app.frontPage.isLeft) app.place.returnToPage()
  else if (mode === 'one' && pane === 'headlines') goTo(app, page, 'sources')
}

function toggleSources(app: App, page: PageCommands): void {
  const { mode, pane, isDrawerOpen, hasRoomForSources } = app.layout
  if (hasRoomForSources) void app.settings.change({ isSourcesHidden: !app.settings.current.isSourcesHidden })
  else goTo(app, page, isDrawerOpen || (mode === 'one' && pane === 'sources') ? 'headlines' : 'sources')
}

/** Where the front page stands, there is no list to fold away. */
function toggleList({ layout }: App): void {
  layout.isListHidden = layout.mode !== 'one' && !layout.isFrontPage && !layout.isListHidden
}

/** What every command does. `page`: what only the panes on the screen can do. */
export function commandsOf(app: App, page: PageCommands): Record<CommandName, () => void> {
  return {
    'next-article': () => page.stepStory('next') || void stepArticle(app, 1),
    'previous-article': () => page.stepStory('previous') || void stepArticle(app, -1),
    'next-unread': () => page.stepStory('next-unread') || void stepUnread(app, 1),
    'previous-unread': () => page.stepStory('previous-unread') || void stepUnread(app, -1),
    'page-down': () => void stepPage(app, () => page.scrollArticle(1)),
    'page-up': () => void page.scrollArticle(-1),
    'back-in-article': () => void (page.backInArticle() || app.place.goBack() || app.place.leave()),
    open: () => {
      const id = app.headlines.selectedId ?? app.headlines.rows[0]?.id
      if (id !== undefined) void openHeadline(app, id).then(isHere => isHere && page.focusPane('article'))
    },
    'open-original': () => openOriginal(app),
    'toggle-story': () => void toggleStory(app),
    'toggle-full-text': () => void toggleFullText(app),
    'toggle-read': () => withArticle(app, () => void toggleRead(app)),
    'toggle-saved': () => withArticle(app, () => void toggleSaved(app)),
    'load-pictures': () => loadPictures(app),
    'copy-link': () => copyLink(app),
    'copy-quotation': () => void copyQuotation(app, page.quotation()),
    'copy-markdown-link': () => copyMarkdownLink(app),
    print: () => page.printArticle() || app.toasts.add({ text: words.done.nothingToPrint }),
    'first-article': () => page.stepStory('first') || void stepToFirst(app),
    'last-article': () => page.stepStory('last') || void stepToLast(app),
    'mark-shown-read': () => void markShownRead(app),
    'toggle-unread-only': () => void app.settings.change({ unreadOnly: !app.settings.current.unreadOnly }),
    search: page.focusSearch,
    'find-in-article': () => page.findInArticle() || page.focusSearch(),
    'refresh-view': () => void refresh(app, app.place.view),
    'refresh-all': () => void refresh(app),
    'show-all': () => void app.place.show({ kind: 'all' }),
    'show-unread': () => void app.place.show({ kind: 'unread' }),
    'show-saved': () => void app.place.show({ kind: 'saved' }),
    'show-today': () => void app.place.show({ kind: 'today' }),
    'show-trending': () => void app.place.show({ kind: 'trending' }),
    'show-followed-stories': () => app.dialogs.show('followed-stories', {}),
    'show-newsletters': () => app.dialogs.show('newsletters', {}),
    'next-source': () => void stepSource(app, 1),
    'previous-source': () => void stepSource(app, -1),
    ...listeningCommands(app),
    'toggle-sources': () => toggleSources(app, page),
    'toggle-list': () => toggleList(app),
    'add-feed': () => app.dialogs.show('add', {}),
    undo: () => undoHere(app),
    settings: () => app.dialogs.show('settings', {}),
    help: () => app.dialogs.show('help', {}),
    back: () => goBack(app, page),
  }
}

/** To which story of the front page a key leads. */
export type StoryStep = 'next' | 'previous' | 'next-unread' | 'previous-unread' | 'first' | 'last'

type PageCommands = {
  /** False where the front page is not shown. */
  stepStory(to: StoryStep): boolean
  /** Scrolls the article, or the front page, by a page; false where the article is at its end already. */
  scrollArticle(by: 1 | -1): boolean
  /** Back to the link within the article that was followed last; false where none was. */
  backInArticle(): boolean
  /** False where none is open. */
  printArticle(): boolean
  /** Opens the field for it; false where no text is open. */
  findInArticle(): boolean
  /** Of what is selected in the article, else of its first paragraph; null where no text is open. */
  quotation(): Quotation | null
  focusPane(pane: Pane): void
  focusSearch(): void
}
