/** Where each story stands on the front page: the first one leads, those after it fill columns, the rest is told in brief. */
import type { TrendingStory } from '../../src-main/api/stories/model.ts'

/** 'second': with its picture across the column. 'third': smaller, with a small picture. */
export type StoryRank = 'lead' | 'second' | 'third'
export type PlacedStory = { story: TrendingStory; rank: StoryRank }

export type PagePlan = {
  columns: number
  lead: TrendingStory | undefined
  /** Columns beside the lead, as high as the page. */
  beside: PlacedStory[][]
  /** Columns below the lead, together as wide as it is. */
  below: PlacedStory[][]
  briefs: TrendingStory[]
}

/** In rem, of the page without its margins. */
const widthFor = { two: 34, three: 54, four: 74 }

/** How many columns of 16 to 20 rem fit. */
export function columnsFor(width: number): number {
  if (width >= widthFor.four) return 4
  if (width >= widthFor.three) return 3
  return width >= widthFor.two ? 2 : 1
}

/** Stories outside 'In brief', by the number of columns: about three screens. */
const mostPlaced = [6, 9, 11, 13]

/** `fitting`: how many columns fit. A few stories take fewer, so that none stands empty. */
export function pagePlan(stories: TrendingStory[], fitting: number): PagePlan {
  const [lead, ...rest] = stories
  const columns = Math.min(fitting, rest.length >= 5 ? 4 : rest.length >= 1 ? 3 : 2)
  const most = mostPlaced[columns - 1]! - 1
  // What is left fills a row of briefs, or none.
  const count = rest.length - most < Math.max(columns, 3) ? rest.length : most
  const placed = rest
    .slice(0, count)
    .map((story, index): PlacedStory => ({ story, rank: index < columns ? 'second' : 'third' }))
  const besideCount = Math.max(0, columns - 2)
  const leadHeight = lead && columns > 1 ? heightOf({ story: lead, rank: 'lead' }) : 0
  const starts = Array.from({ length: columns }, (_, index) => (index < besideCount ? 0 : leadHeight))
  const filled = fill(starts, placed)
  return {
    columns,
    lead,
    beside: filled.slice(0, besideCount).filter(({ length }) => length > 0),
    below: filled.slice(besideCount).filter(({ length }) => length > 0),
    briefs: rest.slice(count),
  }
}

/** Each story goes where the page is shortest: the higher it ranks, the higher it stands. */
function fill(starts: number[], placed: PlacedStory[]): PlacedStory[][] {
  const heights = [...starts]
  const columns = starts.map((): PlacedStory[] => [])
  for (const one of placed) {
    const at = heights.indexOf(Math.min(...heights))
    columns[at]!.push(one)
    heights[at]! += heightOf(one)
  }
  return columns
}

/** About how high a story is, in lines of text. Only the ends of columns show by how much that is wrong. */
function heightOf({ story: { lead, others }, rank }: PlacedStory): number {
  const hasPicture = lead.imageUrl !== null
  const headline = (perLine: number) => linesOf(lead.title, perLine, 6)
  if (rank === 'lead') {
    const compared = Math.ceil(Math.min(4, others.length) / 2) * 3.5
    return headline(28) * 2.5 + (hasPicture ? 17 : 0) + linesOf(lead.summary, 66, 6) * 1.25 + compared + 4
  }
  if (rank === 'third') {
    const told = hasPicture
      ? Math.max(4, headline(20) + linesOf(lead.summary, 27, 3) + 1)
      : headline(30) + linesOf(lead.summary, 40, 3) + 1
    return told + 3.5
  }
  const told = hasPicture
    ? headline(27) * 1.25 + linesOf(lead.summary, 40, 4) + 8
    : headline(23) * 1.5 + linesOf(lead.summary, 40, 7)
  return told + Math.min(hasPicture ? 2 : 3, others.length) * 3.5 + 5.5
}

function linesOf(text: string, perLine: number, most: number): number {
  return Math.min(most, Math.ceil(text.length / perLine))
}
