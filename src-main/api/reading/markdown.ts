/** Words and links as Markdown writes them (CommonMark 0.31; tables and strikethrough as GitHub has them). */

/** Words that mean nothing but themselves within a line: no emphasis, link, code, tag, entity or cell of a table. */
export function markdownWords(words: string): string {
  return words.replace(/[\\`*_[\]<>~|]|&(?=#?\w+;)/g, '\\$&')
}

/** `[title](address)`, one line, whatever is in them. No sign is added for titles from right to left: it would be in the name. */
export function markdownLink(title: string, url: string): string {
  return `[${markdownWords(title.replace(/\s+/g, ' ').trim())}](${markdownAddress(url)})`
}

/** Parentheses would have to be balanced, and a bar ends the cell of a table; browsers read them encoded just as well. */
export function markdownAddress(url: string): string {
  return url
    .replace(/[()<>|\\\s]/g, character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replace(/&(?=#?\w+;)/g, '&amp;')
}
