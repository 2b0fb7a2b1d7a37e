/** Naming and moving feeds and folders. */
import { feeds } from './common.ts'

export const words = {
  names: {
    newFolder: 'New folder',
    renameFolder: 'Rename folder',
    name: 'Name',
    create: 'Create',
    rename: 'Rename',
    movesInto: (count: number) => `${feeds(count)} will move into it.`,
  },

  move: {
    titleFeed: (title: string) => `Move ${title}`,
    titleFeeds: (count: number) => `Move ${feeds(count)}`,
    to: 'Move to',
    top: 'Top level',
    button: 'Move',
  },
}
