/**
 * How many elements an article may have. A browser that lays out hundreds of thousands of them answers nobody for many seconds,
 * and no article that is read has as many. Beyond the limit tags go, and their words stay.
 */

/** In millionths of a second of Chromium's on a slow computer, measured with 5,000 to 100,000 of each. */
const costs = new Map(
  Object.entries({
    ...{ ruby: 60, rt: 50, rp: 5, rb: 20, rtc: 50, li: 36, details: 60, summary: 30 },
    ...{
      p: 17,
      br: 20,
      wbr: 1,
      td: 12,
      th: 12,
      tr: 12,
      img: 40,
      audio: 500,
      video: 500,
      table: 100,
      math: 60,
      bdo: 20,
    },
    ...{ mfrac: 60, msqrt: 60, mroot: 60, mi: 22, mn: 22, mo: 22, mrow: 15, mtd: 40, mtr: 40, mtable: 100 },
  }),
)
const usual = 12
/** About as many as are laid out within a second: 25,000 `<div>`, 5,000 `<details>`; a table of 20,000 cells fits. */
const affordable = 300_000

export class ElementBudget {
  #left = affordable

  /** Whether one more of these may be written; it then has been paid for. */
  pays(tag: string): boolean {
    const cost = costs.get(tag) ?? usual
    if (cost > this.#left) return false
    this.#left -= cost
    return true
  }
}
