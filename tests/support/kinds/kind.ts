/** One of the kinds of article that Broadsheet is to set well; its words are invented. */
import type { Scene } from '../demo/painting.ts'

export type Kind = {
  slug: string
  source: string
  language: string
  title: string
  author: string
  categories: string[]
  /** As a publisher sends it, pictures by `picture`. */
  html: string
  /** Its recording, a file of the server. */
  sound?: string
}

/** The address of a picture on the server of the kinds, painted when it is asked for. */
export function picture(name: string, scene: Scene, width: number, height: number): string {
  return `/painted/${scene}-${width}x${height}-${name}.png`
}
