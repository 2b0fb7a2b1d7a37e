/**
 * How volumes of the text index are spelled that were made before it folded more than accents: asked till they are made anew
 * (store/articles/index-upgrade.ts).
 */
import { hash } from 'node:crypto'

const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/gu

/** A word or phrase as such a volume has it. SQLite folded the accents of Latin letters. */
export function spelledBefore(text: string): string {
  return text.normalize('NFC').replace(unspaced, ' $& ')
}

/** What stood for a category, after the sign for marks. */
export function tagHashBefore(category: string): string {
  const folded = category
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
  return hash('sha1', folded, 'hex').slice(0, 12)
}
