import { describe, expect, test } from 'vitest'
import { tasks } from '../../../src-main/workers/tasks.ts'
import { walls } from '../../support/walls.ts'

async function kindOf(html: string): Promise<string> {
  const bytes = new TextEncoder().encode(html)
  const answer = await tasks.extractPage({
    bytes,
    url: 'https://paper.example/news/flood',
    contentType: 'text/html; charset=utf-8',
  })
  if (answer.ok) return 'article'
  return answer.failure.reason === 'no-article' ? answer.failure.found : answer.failure.reason
}

const sentence = 'The river rose through the night, and by the morning it stood in the lower streets of the town. '
const article = `<article><h1>Flood</h1>${`<p>${sentence.repeat(6)}</p>`.repeat(5)}</article>`

describe.each(walls)('a page of $kind by $maker', ({ kind, html }) => {
  test('is no article, and is called what it is', async () => {
    expect(await kindOf(html)).toBe(kind)
  })

  test('is one where the whole article stands before it', async () => {
    const beside = html.replace('<body>', `<body>${article}`).replace(/<title>[^<]*<\/title>/, '<title>Flood</title>')
    expect(await kindOf(beside)).toBe('article')
  })
})
