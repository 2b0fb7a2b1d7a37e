import { hash } from 'node:crypto'

/**
 * Names a medium's file in the cache and among the kept pictures, and its size in the store. Media of a private host have names of
 * their own: other feeds have no permission for them.
 */
export function mediaKey({ url, privateHost }: { url: string; privateHost: string | null }): string {
  return hash('sha256', `${privateHost ?? ''} ${url}`)
}
