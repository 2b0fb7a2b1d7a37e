/** Pausing what Broadsheet does by itself. */
import { startOfDay, timeOfDay } from '../format.ts'

/** 'until 14:00', 'until tomorrow, 07:00'. */
function until(at: number, now: number): string {
  const isToday = startOfDay(at) === startOfDay(now)
  return isToday ? `until ${timeOfDay(at)}` : `until tomorrow, ${timeOfDay(at)}`
}

export const words = {
  title: 'Looking for new articles',
  hint: 'Broadsheet asks your feeds by itself, each as often as it brings something new.',
  pauseHour: 'Pause for an hour',
  pauseTomorrow: 'Pause until tomorrow',
  resume: 'Resume',
  paused: (at: number, now: number): string => `Paused ${until(at, now)}`,
  pausedText: 'No feed is asked until then. What you refresh yourself is fetched all the same.',
  banner: (at: number, now: number): string => `Feeds are not asked ${until(at, now)}.`,
  dismiss: 'Dismiss for now',
  offline: 'Offline: feeds are asked again when the network is back.',
  signIn: 'This network wants you to sign in first.',
  signInText: 'Open any page in your browser and sign in there, then refresh.',
  refresh: 'Refresh',
  power: {
    label: 'Ask feeds less often to save power',
    hint: 'Half as often on battery, and a quarter as often where your system or browser says that data costs. There only what you open or ask for is loaded, and nothing in advance.',
    onBattery: 'On battery now: feeds are asked half as often.',
    metered:
      'The connection costs by what is loaded: feeds are asked a quarter as often, and nothing is loaded in advance.',
  },
}
