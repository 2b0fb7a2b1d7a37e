/** Single pages that are saved by their address. */
import type { DeedWords } from '../undo.ts'

export const words = {
  save: 'Save this page',
  saving: 'Saving…',
  savingFrom: (host: string): string => `Fetching the page from ${host} and saving what there is to read…`,
  slow: (host: string): string => `Still waiting for ${host}.`,
  /** What can be done where it could not be saved. */
  nothingSaved: 'Nothing was saved. Try again later, or open the page in your browser.',
  privateTyped: 'If you know it, and want to keep the page, save it all the same.',
  allowPrivate: 'Save it all the same',
  done: (title: string): DeedWords => ({ done: `Saved: ${title}`, undone: `No longer saved: ${title}` }),
  without: (page: number): string =>
    `It ends after page ${page - 1}: the next could not be had. Full text (f) tries again.`,
  alreadyThere: 'This page was saved already: here it is.',
}
