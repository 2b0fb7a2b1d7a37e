/** Being told of new articles of a feed. */
import type { Feed } from '../../src-main/api/model.ts'
import { folderLevels, resolveReading } from '../../src-main/api/settings.ts'
import type { App } from '../state/app.svelte.ts'
import { type Changing, setReading } from './changes.ts'

export function isNotified({ sources, settings }: Pick<App, 'sources' | 'settings'>, feed: Feed): boolean {
  const own = { from: { kind: 'feed' as const }, reading: feed.reading }
  const levels = [own, ...folderLevels(sources.folderById, feed.folderId)]
  return resolveReading(levels, settings.current).notify.value === 'yes'
}

export async function setNotified(app: Changing, feed: Feed, isWanted: boolean): Promise<void> {
  await setReading(app, { kind: 'feed', feed }, 'notify', isWanted ? 'yes' : 'no')
}
