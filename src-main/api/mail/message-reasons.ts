/** The words for a message that could not be read: what is said of feeds and their sites would mislead. */
import type { Failure } from '../model.ts'
import { type Explanation, explain, plainSentence } from '../reasons.ts'

const next = 'Your mail program may still show it.'

export function explainMessage(failure: Failure): Explanation {
  switch (failure.reason) {
    case 'malformed':
      return {
        what: capitalised(plainSentence(failure.detail)),
        why: 'It is something else, or it was damaged on its way.',
        next: 'Save it anew from your mail program: one message as .eml, several as .mbox.',
      }
    case 'unsafe':
      return {
        what: `It was not opened, because it may be an attack: ${plainSentence(failure.detail)}`,
        why: 'No mail program builds a message like that.',
        next,
      }
    case 'worker-limit':
      return {
        what: `Reading it took too much ${failure.limit}, so it was stopped.`,
        why: 'It is very large or very tangled. Other messages are not affected.',
        next,
      }
    default:
      return explain(failure)
  }
}

function capitalised(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1)
}
