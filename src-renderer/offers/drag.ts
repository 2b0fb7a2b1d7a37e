/** Which drags are meant for the window as a whole. */
import type { Dropped } from './dropped.ts'

const types = ['Files', 'text/uri-list', 'text/x-moz-url', 'text/plain']

/** Only the types are known before the drop. */
export function holdsOffer({ dataTransfer }: DragEvent): boolean {
  return dataTransfer?.types.some(type => types.includes(type)) ?? false
}

/** Text goes into the field it is dropped on; a file does not. */
export function isForField({ target, dataTransfer }: DragEvent): boolean {
  const isField = target instanceof Element && target.closest('input, textarea, [contenteditable]') !== null
  return isField && !dataTransfer?.types.includes('Files')
}

export function readDrop(data: DataTransfer): Dropped {
  return {
    files: [...data.files],
    uris: data.getData('text/uri-list'),
    moz: data.getData('text/x-moz-url'),
    text: data.getData('text/plain'),
  }
}
