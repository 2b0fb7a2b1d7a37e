/** Whether everything on a page has its place: nothing covers what is to be pressed or read, nothing is cut off unsaid. */
import { expect, type Page } from 'playwright/test'

/** Fails with every fault of what is in sight. `screen` is what the page shows, for the message. */
export async function expectInPlace(page: Page, screen: string): Promise<void> {
  // What slides or fades in is where it belongs only at the end.
  await expect.poll(() => page.evaluate(faults), screen).toEqual([])
}

/** Runs in the page. */
const faults = `(() => {
  for (const animation of document.getAnimations()) if (animation.effect.getComputedTiming().iterations !== Infinity) animation.finish()
  const dialog = [...document.querySelectorAll('dialog[open]')].at(-1)
  const drawer = document.querySelector('.scrim') && document.querySelector('.two > .sources')
  const menu = document.querySelector('[role=menu]')
  const roots = menu ? [menu] : dialog ? [dialog] : drawer ? [drawer, ...document.querySelectorAll('.foot, .masthead')] : [document.body]
  const all = roots.flatMap(root => [...root.querySelectorAll('*')])
  const nameOf = element => (element.getAttribute('aria-label') || element.textContent.trim().slice(0, 40) || element.className || element.tagName) + ' <' + element.localName + '>'
  const isHidden = element => !element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) || element.closest('.visually-hidden, .skip') !== null

  /** The part of a rectangle that the clipping elements around it, from one on, leave in sight. */
  function seen(rect, from) {
    let { left, top, right, bottom } = rect
    for (let around = from; around; around = around.parentElement) {
      const { overflowX, overflowY, position } = getComputedStyle(around)
      const box = around.getBoundingClientRect()
      if (overflowX !== 'visible') (left = Math.max(left, box.left)), (right = Math.min(right, box.right))
      if (overflowY !== 'visible') (top = Math.max(top, box.top)), (bottom = Math.min(bottom, box.bottom))
      if (position === 'fixed') break
    }
    return { left: Math.max(0, left), top: Math.max(0, top), right: Math.min(innerWidth, right), bottom: Math.min(innerHeight, bottom) }
  }
  const isSeen = ({ left, top, right, bottom }) => right - left > 4 && bottom - top > 4
  const found = new Set()

  /** What scrolls runs under what sticks to the edge of it, and out again. */
  function isStuck(element) {
    for (let around = element; around; around = around.parentElement) if (getComputedStyle(around).position === 'sticky') return true
    return false
  }

  /** Whether what lies at the points of a box is the element itself. */
  function covered(element, box, what) {
    const inset = Math.min(3, (box.right - box.left) / 4, (box.bottom - box.top) / 4)
    const xs = [box.left + inset, (box.left + box.right) / 2, box.right - inset]
    const ys = [box.top + inset, (box.top + box.bottom) / 2, box.bottom - inset]
    for (const [x, y] of [[0, 0], [1, 1], [2, 2], [0, 2], [2, 0]].map(([i, j]) => [xs[i], ys[j]])) {
      const hit = document.elementFromPoint(x, y)
      // A splitter is a hairline that can be taken a little beside it.
      if (!hit || element.contains(hit) || hit.contains(element) || hit.role === 'separator') continue
      if (isStuck(hit)) continue
      // The whole of a row can be pressed.
      if (hit.localName === 'label' && hit.parentElement.contains(element)) continue
      // And of a card by its button, beyond the button itself.
      const { left, top, right, bottom } = hit.getBoundingClientRect()
      const isBeyond = x < left || x > right || y < top || y > bottom
      if (isBeyond && hit.localName === 'button' && hit.closest('li')?.contains(element)) continue
      if (hit.closest('label')?.control === element || hit.closest('label, button')?.contains(element)) continue
      found.add(what + ' ' + nameOf(element) + ' is covered by ' + nameOf(hit))
      return
    }
  }

  for (const element of all) {
    if (isHidden(element) || element.closest('[aria-hidden=true]')) continue
    if (element.matches('button, a[href], input:not([type=file]), select, textarea, [role=treeitem], [role=option], [role=tab]')) {
      const box = seen(element.getBoundingClientRect(), element.parentElement)
      // The sheet of a list runs under the heading of its day.
      if (isSeen(box) && !(element.role === 'option' && element.closest('[role=listbox]').scrollTop > 0)) covered(element, box, 'control')
    }
  }

  // Text: within the window, covered by nothing, over nothing else, and where it is cut off, with a sign and its whole at hand.
  const texts = []
  for (const element of all) {
    const own = [...element.childNodes].filter(node => node.nodeType === Node.TEXT_NODE && node.data.trim() !== '')
    if (own.length === 0 || isHidden(element) || element.closest('iframe, svg, select, [data-fills]')) continue
    for (const node of own) {
      const range = document.createRange()
      range.selectNodeContents(node)
      for (const rect of range.getClientRects()) {
        const box = seen(rect, element)
        if (!isSeen(box)) continue
        texts.push({ element, box })
        if (rect.left < -1 || rect.right > innerWidth + 1) {
          if (!cutWithSign(element)) found.add('text ' + nameOf(element) + ' runs out of the window')
        }
      }
    }
    if (isCut(element) && !cutWithSign(element)) found.add('text ' + nameOf(element) + ' is cut off')
  }
  function isCut(element) {
    const { overflowX } = getComputedStyle(element)
    return overflowX !== 'visible' && element.scrollWidth > element.clientWidth + 1 && !['auto', 'scroll'].includes(overflowX)
  }
  function cutWithSign(element) {
    for (let around = element; around; around = around.parentElement) {
      const { overflowX, textOverflow, webkitLineClamp } = getComputedStyle(around)
      if (overflowX === 'auto' || overflowX === 'scroll') return true
      if (webkitLineClamp !== 'none') return true
      if (textOverflow === 'ellipsis') return around.closest('[title], [aria-label]') !== null
    }
    return false
  }
  for (const { element, box } of texts) if (!element.closest('[role=option], [role=treeitem], [role=listbox]')) covered(element, box, 'text')
  for (const [index, one] of texts.entries())
    for (const other of texts.slice(index + 1)) {
      if (one.element === other.element || one.element.contains(other.element) || other.element.contains(one.element)) continue
      if (isStuck(one.element) || isStuck(other.element)) continue
      const width = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left)
      const height = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top)
      // Lines set close share the room of their accents.
      if (width > 2 && height > 6) found.add('text ' + nameOf(one.element) + ' lies over ' + nameOf(other.element))
    }

  if (document.scrollingElement.scrollWidth > innerWidth) found.add('the page scrolls sideways')
  for (const element of all)
    if (['auto', 'scroll'].includes(getComputedStyle(element).overflowX) && element.scrollWidth > element.clientWidth + 1)
      if (!element.closest('pre, .side') && !isHidden(element)) found.add(nameOf(element) + ' scrolls sideways')
  return [...found]
})()`
