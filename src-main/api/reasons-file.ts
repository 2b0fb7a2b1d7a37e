/** The words for a file that was given for a list of feeds and is something else. */
import type { FileKind } from './model.ts'
import type { Explanation } from './reasons.ts'

const names: Record<FileKind, string> = {
  empty: 'This file is empty.',
  'no-feeds': 'This is an OPML file, but there is no feed in it.',
  feed: 'This is a feed, not a list of feeds.',
  'web-page': 'This is a web page, not an OPML file.',
  bookmarks: 'These are a browser’s bookmarks, not an OPML file.',
  json: 'This is a JSON file, not an OPML file.',
  xml: 'This is an XML file, but no OPML file.',
  plist: 'This is a file of settings, not an OPML file.',
  text: 'This is a text, not an OPML file.',
  picture: 'This is a picture, not an OPML file.',
  media: 'This is a recording or a film, not an OPML file.',
  pdf: 'This is a PDF file, not an OPML file.',
  document: 'This is a document of a word processor, not an OPML file.',
  zip: 'This is a ZIP file, not an OPML file.',
  archive: 'This is a compressed file, not an OPML file.',
  database: 'This is a database, not an OPML file.',
  program: 'This is a program, not an OPML file.',
  binary: 'This is no text at all, so it is no OPML file.',
}

const why = 'An OPML file lists the addresses of feeds; its name mostly ends in .opml or .xml.'
const exportAnew = 'In the reader you come from, look for “Export” or “OPML”, and choose the file that it makes.'

/** What the file is, and where what was wanted can be had. */
export function notAListWords(found: FileKind): Explanation {
  const what = names[found]
  switch (found) {
    case 'empty':
    case 'no-feeds':
      return { what, why: 'The export was interrupted, or there was nothing to export.', next: exportAnew }
    case 'feed':
      return { what, why, next: 'To follow it, add its address: the one you had this file from.' }
    case 'web-page':
      return {
        what,
        why: 'Sites that want you to sign in save their sign-in page under the name of the file.',
        next: 'Sign in with your browser, then download the file again.',
      }
    case 'zip':
    case 'archive':
      return {
        what,
        why,
        next: 'If your reader packed its export, unpack it first. Everything that Broadsheet exported comes in as it is: choose that ZIP file in the same place.',
      }
    case 'database':
      return {
        what,
        why: 'A copy of a database comes back by the settings under Backups, and only where it is Broadsheet’s own.',
        next: exportAnew,
      }
    case 'text':
      return { what, why, next: 'A text is read where each line is the address of a feed and nothing else.' }
    default:
      return { what, why, next: exportAnew }
  }
}
