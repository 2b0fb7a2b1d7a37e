/**
 * Limits the elements of an article, since a browser blocks for many seconds while it lays out hundreds of thousands. Real
 * articles have fewer. Beyond the limit tags are removed, and their text is kept.
 */

/** Layout time in Chromium on a slow computer, in µs, measured with 5,000 to 100,000 of each. */
const costs = new Map(
  Object.entries({
    ...{ ruby: 60, rt: 50, rp: 5, rb: 20, rtc: 50, li: 36, details: 60, summary: 30 },
    ...{ p: 17, br: 20, wbr: 1, img: 40, audio: 500, video: 500, table: 100, math: 60, bdo: 20 },
    ...{ mfrac: 60, msqrt: 60, mroot: 60, mi: 22, mn: 22, mo: 22, mrow: 15, mtd: 40, mtr: 40, mtable: 100 },
  }),
)
const usual = 12
/** Laid out within about a second: 25,000 `<div>`, 5,000 `<details>`, a table of 20,000 cells. */
const affordable = 300_000

export class ElementBudget {
  #left = affordable

  /** Whether one more of these may be written; its cost is then deducted. */
  pays(tag: string): boolean {
    const cost = costs.get(tag) ?? usual
    if (cost > this.#left) return false
    this.#left -= cost
    return true
  }
}
