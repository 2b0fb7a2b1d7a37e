/** What is said when a refresh leaves feeds out, and why. Other languages are other files of this shape. */
import { formatNumber } from './format.ts'

export const refreshWords = {
  /** Of one feed. `ago` is '2 minutes ago', `until` '14:30'. */
  recent: (ago: string): string => `Fetched ${ago}; press again to ask anyway.`,
  recentFailure: (ago: string): string => `Asked ${ago}, without success; press again to ask anyway.`,
  waiting: (until: string): string => `Its server wants to be left alone until ${until}. It was not asked.`,
  paused: (title: string): string => `${title} is paused, so it was not asked.`,
  underWay: 'It is being refreshed already.',

  /** Of several, of which the last was fetched `ago`. */
  allRecent: (count: number, ago: string): string =>
    `${count === 2 ? 'Both' : `All ${formatNumber(count)}`} were fetched lately, the last one ${ago}; press again to ask anyway.`,
  someRecent: (count: number, of: number, ago: string): string => {
    if (of === 1) return `It was fetched ${ago}; press again to ask anyway.`
    if (count === 1) return `1 of ${formatNumber(of)} was fetched ${ago}; press again to ask it too.`
    const some = `${formatNumber(count)} of ${formatNumber(of)}`
    return `${some} were fetched lately, the last one ${ago}; press again to ask them too.`
  },
  someWaiting: (count: number, until: string, isSameForAll: boolean): string => {
    if (count === 1) return `1 waits until ${until}, as its server asks.`
    return `${formatNumber(count)} wait until ${until}${isSameForAll ? '' : ' at the latest'}, as their servers ask.`
  },
  allPaused: 'Every feed here is paused, so none was asked.',
  allUnderWay: 'They are being refreshed already.',
  none: 'There is no feed here to refresh.',

  askAnyway: 'Ask anyway',
  details: 'Details',
  safeMode: 'This is safe mode: no feed is fetched until you start normally.',
  offline: 'This computer is offline. Nothing was fetched.',
  moments: 'moments ago',
}
