/** What changed from version to version, and what a report of a fault says of this computer. */
import { articles, feeds, some } from '../common.ts'
import { byteSize, formatNumber } from '../format.ts'

export const words = {
  changes: {
    title: 'What’s New',
    intro: 'The changes of the newest versions. They came with the program: no server is asked.',
    loading: 'Loading the changes',
    section: (version: string | null): string => (version === null ? 'Not released yet' : `Version ${version}`),
    failed: 'The changes could not be loaded.',
    failedNext: 'Start Broadsheet again: its files may have changed since it was started.',
  },
  fault: {
    title: 'Report a Fault',
    intro: 'What helps to find it. No address, no title and no name is in it, and nothing is sent.',
    list: 'Facts for a report',
    copy: 'Copy the facts',
    copied: 'Copied the facts.',
    how: 'Say what you did, what you expected and what came instead, and paste the facts below it.',
    where: 'Faults are reported at',
    measuring: 'Being counted …',
    notCounted: 'Could not be counted',
    names: {
      version: 'Broadsheet',
      runsOn: 'Runs on',
      system: 'System',
      browser: 'Browser',
      window: 'Window',
      language: 'Language',
      feeds: 'Feeds',
      troubles: 'Feeds that fail',
      storage: 'Storage',
      library: 'Library',
    },
    windowSize: (width: number, height: number, scale: number): string =>
      `${width} × ${height}${scale === 1 ? '' : `, ${formatNumber(scale)} pixels to one`}`,
    feedCount: (count: number, folders: number, paused: number): string =>
      `${feeds(count)} in ${some(folders, 'folder', 'folders')}${paused === 0 ? '' : `, ${formatNumber(paused)} paused`}`,
    none: 'None',
    trouble: (reason: string, count: number): string => `${formatNumber(count)} × ${reason}`,
    storageIs: { ok: 'In order', full: 'Full', 'read-only': 'Read-only' },
    safeMode: 'safe mode',
    librarySize: (count: number, saved: number, bytes: number): string =>
      `${articles(count)}, ${formatNumber(saved)} saved, ${byteSize(bytes)}`,
  },
}
