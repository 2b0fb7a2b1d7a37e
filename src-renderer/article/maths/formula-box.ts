/** A formula on lines of its own scrolls where it is wider than they are (text/scroll-boxes.ts). */

/** Puts a box around it where it stands. */
export function boxFormula(math: Element): void {
  const box = math.ownerDocument.createElement('span')
  box.className = 'formula'
  math.replaceWith(box)
  box.append(math)
}
