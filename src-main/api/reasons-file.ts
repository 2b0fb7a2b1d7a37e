/** The words for a file that was given for a list of feeds and is something else. */
import type { Explanation } from './reasons.ts'

const usual = {
  why: 'An OPML file lists the addresses of feeds; its name mostly ends in .opml or .xml.',
  next: 'In the reader you come from, look for “Export” or “OPML”, and choose the file that it makes.',
}
const incomplete = { why: 'The export was interrupted, or there was nothing to export.' }
const packed = {
  next: 'If your reader packed its export, unpack it first. Everything that Broadsheet exported comes in as it is: choose that ZIP file in the same place.',
}

const words = {
  empty: { what: 'This file is empty.', ...incomplete },
  'no-feeds': { what: 'This is an OPML file, but there is no feed in it.', ...incomplete },
  feed: {
    what: 'This is a feed, not a list of feeds.',
    next: 'To follow it, add its address: the one you had this file from.',
  },
  'web-page': {
    what: 'This is a web page, not an OPML file.',
    why: 'Sites that want you to sign in save their sign-in page under the name of the file.',
    next: 'Sign in with your browser, then download the file again.',
  },
  bookmarks: { what: 'These are a browser’s bookmarks, not an OPML file.' },
  json: { what: 'This is a JSON file, not an OPML file.' },
  xml: { what: 'This is an XML file, but no OPML file.' },
  plist: { what: 'This is a file of settings, not an OPML file.' },
  text: {
    what: 'This is a text, not an OPML file.',
    next: 'A text is read where each line is the address of a feed and nothing else.',
  },
  picture: { what: 'This is a picture, not an OPML file.' },
  media: { what: 'This is a recording or a film, not an OPML file.' },
  pdf: { what: 'This is a PDF file, not an OPML file.' },
  document: { what: 'This is a document of a word processor, not an OPML file.' },
  zip: { what: 'This is a ZIP file, not an OPML file.', ...packed },
  archive: { what: 'This is a compressed file, not an OPML file.', ...packed },
  database: {
    what: 'This is a database, not an OPML file.',
    why: 'A copy of a database comes back by the settings under Backups, and only where it is Broadsheet’s own.',
  },
  program: { what: 'This is a program, not an OPML file.' },
  binary: { what: 'This is no text at all, so it is no OPML file.' },
} satisfies Record<string, Partial<Explanation> & { what: string }>

/** What a file is that was given for a list of feeds. 'no-feeds': it is OPML, and names none. */
export type FileKind = keyof typeof words

/** What the file is, and where what was wanted can be had. */
export function notAListWords(found: FileKind): Explanation {
  return { ...usual, ...words[found] }
}
