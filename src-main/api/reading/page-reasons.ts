/** The words for a page that could not be had for the full text of an article: what is said of a feed would mislead. */
import type { Failure, MissingPage, NoArticle } from '../model.ts'
import { type Explanation, explain } from '../reasons.ts'

const inBrowser = 'Try again later, or open the article in your browser. What the feed gives of it stays here.'

/** `host`: of the article's page. */
export function explainPage(failure: Failure, host: string): Explanation {
  const instead = insteadOfArticle(failure)
  if (instead) return explain({ reason: 'no-article', found: instead, host })
  if (failure.reason === 'http') return httpWords(failure.status, host)
  if (failure.reason === 'too-large') {
    return {
      what: `The page is larger than ${failure.megabytes} MB, and was not read to its end.`,
      why: 'Pages of articles are rarely larger than 1 MB. This is something else, or it has no end.',
      next: 'To see it, open the article in your browser. What the feed gives of it stays here.',
    }
  }
  const said = explain(failure)
  if (failure.reason === 'offline') {
    return {
      ...said,
      why: 'The full text is on the web, and no network is connected.',
      next: 'Connect to a network, then try again.',
    }
  }
  if (failure.reason === 'sign-in')
    return { ...said, next: 'Open any page in your browser and sign in there, then try again.' }
  if (failure.reason === 'not-stored') return said
  if (failure.reason === 'retry-later') {
    return { ...said, next: 'Try again then, or open the article in your browser. Its server is not asked before.' }
  }
  return { ...said, next: inBrowser }
}

/** What is said below a text that is without its later pages. `host`: of the missing page. */
export function explainMissing({ page, failure }: MissingPage, host: string): Explanation {
  if (failure === null) {
    return {
      what: `The article goes on: it has more than ${page - 1} pages.`,
      why: `Broadsheet joins ${page - 1} at most.`,
      next: 'Read on in your browser.',
    }
  }
  const { what, why } = explainPage(failure, host)
  return {
    what: `The text ends here: page ${page} of the article could not be had.`,
    why: [what, why].filter(Boolean).join(' '),
    next: 'Try again later, or read on in your browser.',
  }
}

/** Answers that say the same as a page that is no article. */
function insteadOfArticle(failure: Failure): NoArticle | null {
  if (failure.reason === 'bot-wall') return 'bot-wall'
  if (failure.reason === 'gone') return 'error-page'
  if (failure.reason !== 'http') return null
  if (failure.status === 402) return 'paywall'
  if (failure.status === 401) return 'log-in'
  return failure.status === 404 || failure.status === 410 ? 'error-page' : null
}

function httpWords(status: number, host: string): Explanation {
  if (status >= 500) {
    return {
      what: `${host} has a problem of its own (error ${status}).`,
      why: 'Its server failed while answering. Nothing is wrong on your side.',
      next: inBrowser,
    }
  }
  return {
    what: `${host} does not show Broadsheet this page (error ${status}).`,
    why: 'It is only for members, or the site shuts out everything but browsers.',
    next: 'Open the article in your browser. What the feed gives of it stays here.',
  }
}
