/** What became of the last digest that was to be sent as mail, in words. */
import type { DigestLetter } from '../../../src-main/api/mail/outgoing.ts'
import { explainOutgoing, inDoubt } from '../../../src-main/api/mail/outgoing-reasons.ts'
import type { Explanation } from '../../../src-main/api/reasons.ts'
import { words } from '../../messages/newsletters/digest-mail.ts'

export type LetterWords = {
  state: string
  /** What is to be known and done, where something is. */
  trouble: (Explanation & { act: string }) | null
}

/** Null: there was none yet. `hint`: what the provider says of passwords for other programs. */
export function letterWords(letter: DigestLetter | null, now: number, hint: string): LetterWords {
  if (!letter) return { state: words.none, trouble: null }
  const day = new Date(`${letter.day}T12:00`).getTime()
  if (letter.state === 'handing-over') return { state: words.sending, trouble: null }
  if (letter.state === 'waiting') {
    if (!letter.failed) return { state: words.waits, trouble: null }
    const said = explainOutgoing(letter.failed.failure, hint)
    const what = `${words.failedWhat(day, letter.failed.at, now)} ${said.what}`
    return {
      state: words.again(letter.nextTryAt, now),
      trouble: { ...said, what, act: words.tryNow },
    }
  }
  if (letter.state === 'sent') return { state: words.sent(letter.at, now), trouble: null }
  const what = `${words.inDoubtWhat(day)} ${inDoubt.what}`
  return { state: words.inDoubt(letter.at, now), trouble: { ...inDoubt, what, act: words.sendAgain } }
}
