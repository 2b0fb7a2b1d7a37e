/** A part of the article as a quotation, as text and as HTML, with the title, the source and the link. */
import type { Article } from '../../../src-main/api/model.ts'
import { articleName } from '../../library/article-name.ts'
import { textWithTex } from '../maths/copied-text.ts'

export type Quotation = { text: string; html: string }

/** Of what is selected in the article's document; of its first paragraph where nothing is. Null where it has no words. */
export function quotationOf(page: Document, article: Article, feedTitle: string): Quotation | null {
  const paragraphs = quotedParagraphs(page)
  if (paragraphs.length === 0) return null
  const name = articleName(article)
  const by = [article.author, feedTitle].filter(part => part !== '').join(', ')
  const source = `${name}, ${by}`
  const text = [`“${paragraphs.join('\n\n')}”`, `— ${source}`, ...(article.url ? [article.url] : [])].join('\n')
  // Made by hand: what a publisher wrote is text in it and nothing else.
  const made = document.implementation.createHTMLDocument('')
  const figure = made.createElement('figure')
  const quote = made.createElement('blockquote')
  if (article.url) quote.cite = article.url
  for (const paragraph of paragraphs) quote.append(Object.assign(made.createElement('p'), { textContent: paragraph }))
  const caption = made.createElement('figcaption')
  const cite = made.createElement('cite')
  if (article.url) cite.append(Object.assign(made.createElement('a'), { href: article.url, textContent: name }))
  else cite.textContent = name
  caption.append('— ', cite, `, ${by}`)
  figure.append(quote, caption)
  return { text, html: figure.outerHTML }
}

function quotedParagraphs(page: Document): string[] {
  const selected = selectedText(page)
  const whole = selected.trim() === '' ? firstParagraph(page) : selected
  return whole
    .split(/\n\s*\n|\r/)
    .map(part => part.replace(/\s+/g, ' ').trim())
    .filter(part => part !== '')
}

function selectedText(page: Document): string {
  const selection = page.getSelection()
  if (!selection || selection.rangeCount === 0) return ''
  return textWithTex(selection.getRangeAt(0)) ?? selection.toString()
}

function textOf(page: Document, element: Element): string {
  const range = page.createRange()
  range.selectNodeContents(element)
  return textWithTex(range) ?? element.textContent ?? ''
}

function firstParagraph(page: Document): string {
  const words = [...page.body.querySelectorAll('p, li, blockquote')].map(element => textOf(page, element).trim())
  return words.find(text => text.length > 0) ?? page.body.textContent ?? ''
}
