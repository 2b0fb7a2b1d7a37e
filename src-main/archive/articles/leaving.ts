/** An article on its way out of Broadsheet, as one file of its own. */
import type { SafeHtml } from '../../api/model.ts'

export type Picture = { type: string; bytes: Uint8Array }

export type LeavingArticle = {
  title: string
  author: string
  feedTitle: string
  url: string | null
  /** Ms. */
  publishedAt: number
  updatedAt: number | null
  /** BCP 47, or empty where it is unknown. */
  language: string
  categories: string[]
  html: SafeHtml
  /** By their addresses in `html`. Others could not be fetched, or may not be. */
  pictures: Map<string, Picture>
}

/** Its title, or its source where it has none; never empty, which an EPUB forbids. */
export function titleOf(article: LeavingArticle): string {
  return article.title.trim() || article.feedTitle.trim() || dayOf(article)
}

/** The first 10 characters of ISO 8601: 2026-03-12. */
export function dayOf({ publishedAt }: LeavingArticle): string {
  return new Date(publishedAt).toISOString().slice(0, 10)
}

const longestName = 50

/**
 * 'a-title': letters and digits of any script, in lower case. What Windows can't have in a name (colons, a dot at the end) can't
 * come up.
 */
export function slugOf(title: string): string {
  const words = title
    .normalize('NFKC')
    .toLowerCase()
    .match(/[\p{L}\p{M}\p{N}]+/gu)
  return [...(words ?? ['untitled']).join('-')].slice(0, longestName).join('').replace(/-+$/, '')
}

/** What the file is offered as. */
export function fileName(article: LeavingArticle, extension: string): string {
  return fileNameOf(titleOf(article), extension)
}

export function fileNameOf(title: string, extension: string): string {
  return `${slugOf(title)}.${extension}`
}

const rtlScripts = /^(?:Arab|Hebr|Syrc|Thaa|Nkoo|Adlm|Rohg|Mand|Samr)$/

/** 'rtl' where the language is written from right to left. */
export function directionOf(language: string): 'ltr' | 'rtl' {
  try {
    return rtlScripts.test(new Intl.Locale(language).maximize().script ?? '') ? 'rtl' : 'ltr'
  } catch {
    return 'ltr'
  }
}

/** The language as a tag that readers accept; 'und' where there is none (BCP 47). */
export function languageTag(language: string): string {
  try {
    return new Intl.Locale(language).toString()
  } catch {
    return 'und'
  }
}
