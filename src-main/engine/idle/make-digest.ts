/** When it is looked whether a digest is due: soon after a start, and each minute. After a sleep of the computer that is at once. */
import { minute, second } from '../../lib/time.ts'
import type { IdleWork, ScheduledJob } from './idle-work.ts'

/** The first polls of a start have brought what they bring: what the computer slept through is told, too. */
const afterStart = 30 * second

type Making = {
  makeDueDigest(): Promise<boolean>
  writeDigestFile(): Promise<void>
  digestMail: { send(): Promise<void> }
  notices: { decide(): void }
}

export function addDigestMaking(
  work: IdleWork,
  { makeDueDigest, writeDigestFile, digestMail, notices }: Making,
): { mailing: ScheduledJob } {
  work.add({
    name: 'making the digest',
    firstAfter: afterStart,
    repeatAfter: minute,
    waitsForQuiet: true,
    async run() {
      if (await makeDueDigest()) {
        notices.decide()
        mailing.runIn(0)
      }
      await writeDigestFile()
    },
  })
  // A server may take minutes to answer, and nothing here waits for it.
  const mailing = work.add({
    name: 'sending the digest',
    firstAfter: afterStart,
    repeatAfter: minute,
    waitsForQuiet: false,
    run: () => digestMail.send(),
  })
  return { mailing }
}
