/** Makes tables ready to be set. */

/** In characters: '118,000/s', '27 Nov 2026'. */
const longestFigure = 16
const wordyFrom = 24

export function setTables(body: ParentNode): void {
  for (const table of body.querySelectorAll('table')) {
    if (table.parentElement?.closest('table')) continue
    // A table in a table is a layout of another age: its cells are no figures.
    if (!table.querySelector('table')) markCells(table)
    // A wide table scrolls by itself; the text beside it does not.
    const box = document.createElement('div')
    box.className = 'wide'
    table.replaceWith(box)
    box.append(table)
  }
}

/** Says which cells are kept on one line, and which want room. */
function markCells(table: HTMLTableElement): void {
  for (const cell of table.querySelectorAll<HTMLElement>('td, th')) {
    const text = cell.textContent?.trim() ?? ''
    if (text.length >= wordyFrom) cell.dataset.wordy = ''
    else if (text.length <= longestFigure && /\d/.test(text)) cell.dataset.figure = ''
  }
}
