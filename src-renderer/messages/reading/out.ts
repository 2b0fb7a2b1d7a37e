/** What takes an article out of the window: copying, printing, saving as a file, sharing, reading aloud. */
import { some } from '../common.ts'
import { byteSize, formatNumber } from '../format.ts'

/** `total`: of the list, where it is known and more. */
type Book = { name: string; articles: number; total: number | null; isMore: boolean; missingPictures: number }

export const words = {
  menu: {
    more: 'More actions',
    copyLink: 'Copy link',
    copyQuotation: 'Copy as quotation',
    find: 'Find in article…',
    copyMarkdownLink: 'Copy as Markdown link',
    saveAsHtml: 'Save as a web page',
    saveAsMarkdown: 'Save as Markdown',
    saveAsEpub: 'Save as EPUB',
    saveAsPdf: 'Save as PDF',
    print: 'Print…',
    printOrPdf: 'Print or save as PDF…',
    readAloud: 'Read aloud',
    printWithAddresses: 'Print with addresses of links…',
  },
  aloud: {
    title: 'Reading aloud',
    previous: 'Previous sentence',
    next: 'Next sentence',
    pause: 'Pause',
    goOn: 'Go on reading',
    stop: 'Stop reading aloud',
    speed: 'Speed',
    rate: (rate: number): string => `${formatNumber(rate)} ×`,
    at: (sentence: number, of: number): string => `Sentence ${formatNumber(sentence)} of ${formatNumber(of)}`,
  },
  saving: {
    making: 'Putting the file together…',
    ready: (name: string) => `${name} is ready.`,
    save: 'Save',
    noArticle: 'Open an article to save it.',
    failed: 'The file could not be made. Try again.',
    done: (name: string, bytes: number, missing: number): string => {
      const saved = `Saved ${name}, ${byteSize(bytes)}.`
      return missing === 0 ? saved : `${saved} ${some(missing, 'picture', 'pictures')} could not be had.`
    },
  },
  book: {
    save: 'Save the list as EPUB',
    empty: 'There is no article to save.',
    done: (made: Book, bytes: number): string => {
      const { name, articles, total, isMore, missingPictures } = made
      const most = isMore ? ' A book has the first 200 at most.' : ''
      const missing = missingPictures === 0 ? '' : ` ${some(missingPictures, 'picture', 'pictures')} could not be had.`
      const count =
        total === null
          ? some(articles, 'article', 'articles')
          : `${formatNumber(articles)} of ${formatNumber(total)} articles`
      return `Saved ${count} as ${name}, ${byteSize(bytes)}.${most}${missing}`
    },
  },
  print: {
    frame: 'Article to print',
  },
}
