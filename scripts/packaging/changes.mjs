/** Reads the list of changes: a section for each version, in it a line of its own or what it says above some changes. */

/**
 * The newest first. A line that is no item begins a part, and is its title; `isCode` marks what stands between backticks.
 * @returns {import('./changes.d.mts').Changes[]}
 */
export function changesOf(markdown) {
  const [, ...sections] = markdown.split(/^## /m)
  return sections.map(section => {
    const [version = '', ...lines] = section.split(/\r?\n/)
    return { version: version === 'Unreleased' ? null : version.trim(), parts: partsOf(lines) }
  })
}

function partsOf(lines) {
  const parts = []
  for (const line of lines.filter(line => line.trim() !== '')) {
    if (!line.startsWith('- ')) parts.push({ title: line, changes: [] })
    else {
      if (parts.length === 0) parts.push({ title: '', changes: [] })
      parts.at(-1).changes.push(piecesOf(line.slice(2)))
    }
  }
  return parts
}

function piecesOf(text) {
  const pieces = text.split('`').map((piece, index) => ({ text: piece, isCode: index % 2 === 1 }))
  return pieces.filter(piece => piece.text !== '')
}
