/** Has the intake keep saved articles whole: at the start, after each save, and again where a server or the network was down. */
import type { Intake } from '../../intake/protocol.ts'
import { hour, minute, second } from '../../lib/time.ts'
import type { IdleWork } from './idle-work.ts'

/** First the reader has the computer, and the network, to themselves. */
const afterStart = 20 * second
/** Saving a selection is several calls. */
const afterSave = second / 2
/** Somebody who takes a save back may want it again, without a network. */
const beforeSweep = 10 * minute

export function addSavedKeeping(
  work: IdleWork,
  intake: Pick<Intake, 'keepSaved' | 'sweepPictures'>,
): { savedChanged(): void } {
  const keeping = work.add({
    name: 'keeping saved articles',
    firstAfter: afterStart,
    repeatAfter: 5 * minute,
    waitsForQuiet: false,
    run: () => intake.keepSaved(),
  })
  const sweeping = work.add({
    name: 'removing pictures that are not kept any more',
    firstAfter: beforeSweep,
    repeatAfter: 6 * hour,
    waitsForQuiet: true,
    run: () => intake.sweepPictures(),
  })
  return {
    savedChanged() {
      keeping.runIn(afterSave)
      sweeping.runIn(beforeSweep)
    },
  }
}
