/** How an article looks in a book: the reader's own typeface, size and colours are left to the reading system. */
export const bookStyle = `header {
  margin-bottom: 1.5em;
  padding-bottom: 0.75em;
  border-bottom: 1px solid;
}
h1 { margin: 0.25em 0 0.4em; font-size: 1.6em; line-height: 1.2; text-align: start; hyphens: none }
h2, h3, h4, h5, h6 { margin: 1.4em 0 0.4em; line-height: 1.25; break-after: avoid; hyphens: none }
.about { margin: 0; font-size: 0.8em; line-height: 1.45; overflow-wrap: anywhere; text-indent: 0; text-align: start }
img { max-width: 100%; height: auto }
figure { margin: 1em 0; break-inside: avoid }
figure[data-beside] { float: right; width: 34%; max-width: 240px; margin: 0.3em 0 0.7em 1em }
figure[data-beside] ~ h2, figure[data-beside] ~ h3 { clear: both; margin-top: 0; padding-top: 1em }
figcaption, caption { margin-top: 0.4em; font-size: 0.8em; line-height: 1.4; text-align: start }
blockquote { margin: 1em 0; padding-inline-start: 1em; border-inline-start: 3px solid }
pre, code, kbd, samp { font-family: monospace; font-size: 0.85em }
pre { white-space: pre-wrap; overflow-wrap: anywhere; hyphens: none }
pre code { font-size: 1em }
table { border-collapse: collapse; font-size: 0.85em }
th, td { padding: 0.25em 0.5em; border: 1px solid; vertical-align: top; text-align: start }
sub, sup { line-height: 0 }
.title-page { padding-top: 30%; text-align: center }
.title-page h1 { margin-bottom: 1em; font-size: 2em; text-align: center }
.title-page p { margin: 0 0 0.3em; text-indent: 0; text-align: center }
.title-page .made { margin-top: 3em; font-size: 0.8em }
`
