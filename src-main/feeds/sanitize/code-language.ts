/** In which language code is written, by the classes that highlighters and static site generators give it. */

type Attributes = Record<string, string>

/** Sanitised HTML has it in `data-code`, since classes are not kept. */
export const codeAttribute = 'data-code'

const name = /^[a-z][a-z\d+#.-]{0,19}$/
/** `language-js` (HTML, 4.5.15), `lang-js`, `highlight-source-js` (GitHub), `brush: js` (SyntaxHighlighter). */
const prefixed = /(?:^|\s)(?:language-|lang-|highlight-source-|brush:\s?)([a-z][a-z\d+#.-]{0,19})(?=$|[\s;])/i
/** `sourceCode js` (pandoc), `hljs js`, `highlight js`. */
const beside = /(?:^|\s)(?:hljs|sourceCode|prettyprint|highlight|code|crayon)\s+([a-z][a-z\d+#.]{0,19})(?=$|\s)/i
/** What stands in the place of a language and is none. */
const none = new Set(
  'none text plaintext plain txt output console-output nohighlight no-highlight hljs wrap linenums numberlines pre block code default auto prettyprinted highlight'.split(
    ' ',
  ),
)

/** By the element's own attributes, else by those of the elements around it, innermost first. Null if nothing names one. */
export function codeLanguage(own: Attributes, around: Attributes[]): string | null {
  for (const given of [own, ...around]) {
    const language = written(given)?.toLowerCase()
    if (language && name.test(language)) return none.has(language) ? null : language
  }
  return null
}

function written(given: Attributes): string | undefined {
  const classes = given.class ?? ''
  const named = given[codeAttribute] ?? given['data-lang'] ?? given['data-language']
  return named ?? prefixed.exec(classes)?.[1] ?? beside.exec(classes)?.[1]
}
