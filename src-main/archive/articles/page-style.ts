/** How an article looks as a file of its own, on the screen and on paper. Only typefaces that computers have. */
export const pageStyle = `
:root { color-scheme: light dark; --ink: #1d1b18; --soft: #635e56; --rule: #d9d4ca; --sheet: #fdfcf9; --link: #1f4e79 }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8e4dc; --soft: #a39d92; --rule: #3a3733; --sheet: #1a1917; --link: #9cc4ea }
}
* { box-sizing: border-box }
html { background: var(--sheet); color: var(--ink); font: 400 1.125rem/1.62 'Iowan Old Style', 'Palatino Linotype', Palatino, Charter, Georgia, serif; text-size-adjust: none }
body { margin: 0; padding: 3rem 1.25rem 5rem; overflow-wrap: break-word; hyphens: auto }
article { max-width: 39rem; margin: 0 auto }
header { margin-bottom: 2rem; padding-bottom: 1.25rem; border-bottom: 1px solid var(--rule); hyphens: none }
header p { margin: 0; color: var(--soft); font: 0.8125rem/1.5 system-ui, sans-serif }
header .source { font-weight: 600 }
header .address { overflow-wrap: anywhere }
h1, h2, h3, h4, h5, h6 { margin: 1.7em 0 0.5em; font-size: 1.02em; line-height: 1.25; text-wrap: balance; hyphens: none }
header h1 { margin: 0.4rem 0 0.7rem; font-size: clamp(1.75rem, 5vw, 2.5rem); line-height: 1.14; letter-spacing: -0.015em }
main h1 { font-size: 1.5em } h2 { font-size: 1.34em } h3 { font-size: 1.16em }
p, ul, ol, dl, blockquote, figure, pre, details, table, address { margin: 0 0 1.05em }
a { color: var(--link); text-decoration-thickness: 1px; text-underline-offset: 0.17em }
img { max-width: 100%; height: auto }
figure[data-beside] { float: inline-end; width: min(11rem, 36%); margin-block: 0.3em 0.6em; margin-inline-start: 1.2rem }
figure[data-beside] img { display: block; width: 100%; aspect-ratio: 3 / 2; object-fit: cover; object-position: 50% 30% }
h3 + figure[data-beside] + p, h3 + p:has(> small:only-child) { margin-bottom: 0.2em }
figure[data-beside] ~ :is(h2, h3) { clear: both; margin-top: 0; padding-top: 0.9em }
main::after { content: ''; display: block; clear: both }
figcaption, caption { margin-top: 0.5em; color: var(--soft); font: 0.8125rem/1.45 system-ui, sans-serif; text-align: start }
blockquote { margin-inline: 0; padding-inline-start: 1.1em; border-inline-start: 3px solid var(--rule); color: var(--soft) }
pre, code, kbd, samp { font: 0.86em/1.5 ui-monospace, 'Cascadia Mono', Consolas, 'DejaVu Sans Mono', monospace; hyphens: none }
pre { overflow-x: auto; padding: 0.9em 1.1em; border: 1px solid var(--rule); border-radius: 4px } pre code { font-size: 1em }
table { display: block; overflow-x: auto; border-collapse: collapse; font: 0.875rem/1.45 system-ui, sans-serif; hyphens: none }
th, td { padding: 0.4em 0.7em; border: 1px solid var(--rule); text-align: start; vertical-align: top }
hr { width: 30%; margin: 2em auto; border: 0; border-top: 1px solid var(--rule) }
sub, sup { line-height: 0 }
math { font-family: 'STIX Two Math', 'Latin Modern Math', 'Cambria Math', math; line-height: 1.2 } mtext { font-family: inherit }
.formula { display: block; margin: 0.9em 0; padding: 0.3em 0; overflow: auto hidden; text-align: center }
.tml-left { text-align: -webkit-left } .tml-right { text-align: -webkit-right } .tml-right:not(:last-child) { padding-inline-end: 0 } .tml-right + .tml-left { padding-inline-start: 0 }
.tml-tagged { width: 100% } .tml-tagged > mtr > mtd:is(:first-child, :last-child) { width: 50% } .tml-fbox { padding: 0.3em; border: 1px solid }
@media print {
  @page { margin: 22mm 29mm 24mm }
  :root { --ink: #000; --soft: #444; --rule: #aaa; --sheet: #fff; --link: #000 }
  html { font-size: 11pt } body { padding: 0; orphans: 3; widows: 3 } article { max-width: none }
  h1, h2, h3, h4, h5, h6 { break-after: avoid } figure, tr, pre { break-inside: avoid }
  img { max-height: 210mm; object-fit: contain } pre { white-space: pre-wrap; overflow-wrap: anywhere } table { display: table }
}
`

/** A running head is one line. */
const longestHead = 70

/** On paper: the source and the title above every page but the first, which begins with them, and its number below each. */
export function runningHead(source: string, title: string): string {
  return `@media print {
  @page {
    @top-left { content: ${cssString(source)}; color: #444; font: 600 8pt/1.3 system-ui, sans-serif }
    @top-right { content: ${cssString(title)}; color: #444; font: 8pt/1.3 system-ui, sans-serif }
    @bottom-center { content: counter(page) ' / ' counter(pages); color: #444; font: 8pt/1.3 system-ui, sans-serif }
  }
  @page :first { @top-left { content: none } @top-right { content: none } }
}
`
}

/** Text as a string of CSS, which ends neither the string nor the element it stands in (CSS Syntax 3, 4.3.7). */
function cssString(text: string): string {
  const letters = [...text.replace(/\s+/g, ' ').trim()]
  const short = letters.length > longestHead ? [...letters.slice(0, longestHead - 1), '…'] : letters
  return `'${short.join('').replace(/[^\p{L}\p{M}\p{N} …]/gu, sign => `\\${sign.codePointAt(0)?.toString(16)} `)}'`
}
