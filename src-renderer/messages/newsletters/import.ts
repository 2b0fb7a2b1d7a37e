/** What is said of messages that were taken in from a file. */
import { some } from '../common.ts'
import type { DeedWords } from '../undo.ts'

export const deeds = {
  imported: ({ newMessages, feedIds }: { newMessages: number; feedIds: number[] }): DeedWords => {
    const of = some(feedIds.length, 'newsletter', 'newsletters')
    const messages = some(newMessages, 'new message', 'new messages')
    return {
      done: newMessages === 0 ? `No new message: all of them are here already.` : `${messages} of ${of}`,
      undone: `Gone again: ${of} from a file`,
    }
  },
}

export const importWords = {
  tooLarge: (name: string): string => `“${name}” is larger than 200 MB. Split it into several files.`,
  failed: (name: string, what: string): string => `“${name}” could not be read as mail. ${what}`,
  unreadable: (count: number): string => `${some(count, 'message', 'messages')} could not be read.`,
}
