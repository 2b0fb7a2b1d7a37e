/** Formulas in the full text of pages, as the renderers of TeX leave them. */
import { expect, test } from 'vitest'
import { tasks } from '../../../src-main/workers/tasks.ts'

const paragraph = 'The river rose through the night, and by the morning it stood in the lower streets of the town. '
const body = `<p>${paragraph.repeat(4)}</p><p>${paragraph.repeat(3)}</p>`
const mathml = (more = '') => `<math ${more}><mi>depth</mi><mo>=</mo><mn>42</mn></math>`

async function textOf(inside: string, head = ''): Promise<string> {
  const page = `<!doctype html><html><head><title>Flood</title>${head}</head><body><div id="content">${body}<p>Let ${inside} be.</p>${body}</div></body></html>`
  const answer = await tasks.extractPage({
    bytes: Buffer.from(page),
    url: 'https://paper.example/flood',
    contentType: 'text/html',
  })
  if (!answer.ok) throw new Error(answer.failure.reason)
  return answer.text
}

test.each([
  ['as MathML', mathml()],
  ['as MathML that the page hides', `${mathml('style="display: none"')}`],
  [
    'as KaTeX',
    `<span class="katex"><span class="katex-mathml">${mathml()}</span><span class="katex-html" aria-hidden="true">depth=42</span></span>`,
  ],
  [
    'by MathJax 3 as glyphs',
    `<mjx-container class="MathJax CtxtMenu_Attached_0" jax="CHTML"><mjx-math aria-hidden="true"><mjx-c class="mjx-c1"></mjx-c></mjx-math><mjx-assistive-mml display="inline">${mathml()}</mjx-assistive-mml></mjx-container>`,
  ],
  [
    'by MathJax 3 as SVG',
    `<mjx-container class="MathJax CtxtMenu_Attached_0" jax="SVG"><svg viewBox="0 0 9 9"><path d="M0 0"></path></svg><mjx-assistive-mml>${mathml()}</mjx-assistive-mml></mjx-container>`,
  ],
  [
    'by MathJax 2',
    `<span class="MathJax_Preview">=42</span><span class="MathJax"><nobr aria-hidden="true">depth=42</nobr><span class="MJX_Assistive_MathML">${mathml()}</span></span><script type="math/tex">depth = 42</script>`,
  ],
])('a formula %s is there once', async (_name, formula) => {
  expect((await textOf(formula)).split('depth=42').length).toBe(2)
})

test.each([
  ['that MathJax has not come to', '<script type="math/tex">\\frac{a}{b} < 9</script>', '\\(\\frac{a}{b} < 9\\)'],
  ['on a line of its own', '<script type="math/tex; mode=display">\\sum a_i</script>', '\\[\\sum a_i\\]'],
  [
    'that was drawn',
    '<span class="MathJax_Preview">preview</span><span class="MathJax_SVG"><svg></svg></span><script type="math/tex">x_1</script>',
    'Let \\(x_1\\) be',
  ],
  ['in dollars', '$x_1$ and $$y \\in \\{1\\}$$', '$x_1$ and $$y \\in \\{1\\}$$'],
])('TeX %s is there as text', async (_name, formula, text) => {
  const found = await textOf(formula)
  expect(found).toContain(text)
  expect(found).not.toContain('preview')
})

test('a script that is no formula stays a script', async () => {
  expect(await textOf('<script type="math/x-other">secret</script><script>secret</script>')).not.toContain('secret')
})

test('a title before the body is found after styles of a hundred kilobytes', async () => {
  const styles = `<style>${'.mjx-c::before{content:"x"}'.repeat(6_000)}</style>`
  const page = `<!doctype html><html><head>${styles}<title>Flood</title></head><body><h1>Flood</h1>${body}</body></html>`
  const answer = await tasks.extractPage({ bytes: Buffer.from(page), url: '', contentType: 'text/html' })
  expect(answer).toMatchObject({ ok: true, title: 'Flood' })
  expect(answer.ok && answer.text).not.toContain('Flood')
})
