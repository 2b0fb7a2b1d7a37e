/** Writes an article, or several, as one file that is there whole or not at all. */
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { ArticleFormat } from '../api/model.ts'
import { withFormulas } from '../maths/in-html.ts'
import { type LeavingArticle, titleOf } from './articles/leaving.ts'
import { writeMarkdown } from './articles/markdown.ts'
import { writeOnePage } from './articles/one-page.ts'
import { writeEpub } from './epub/epub.ts'

/** `at` (ms) is when it is made. Answers the file's size in bytes. Throws where the disk fails. */
export type WriteArticle = { article: LeavingArticle; format: ArticleFormat; file: string; at: number }

export function writeArticle({ article, format, file, at }: WriteArticle): number {
  return writeWhole(file, bytesOf(article, format, at))
}

/** The same for several articles as one EPUB. */
export type WriteBook = { articles: LeavingArticle[]; title: string; file: string; at: number }

export function writeBook({ articles, title, file, at }: WriteBook): number {
  return writeWhole(file, writeEpub(articles.map(typeset), { title, at }))
}

function writeWhole(file: string, bytes: Uint8Array): number {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const part = `${file}.part`
  try {
    writeFileSync(part, bytes, { mode: 0o600 })
    renameSync(part, file)
  } catch (error) {
    rmSync(part, { force: true })
    throw error
  }
  return bytes.byteLength
}

function typeset(article: LeavingArticle): LeavingArticle {
  return { ...article, html: withFormulas(article.html, () => performance.now()) }
}

function bytesOf(given: LeavingArticle, format: ArticleFormat, at: number): Uint8Array {
  const article = typeset(given)
  if (format === 'epub') return writeEpub([article], { title: titleOf(article), at })
  return Buffer.from(format === 'html' ? writeOnePage(article) : writeMarkdown(article))
}
