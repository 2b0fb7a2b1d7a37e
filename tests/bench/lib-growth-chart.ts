/** Draws how costs grow with the number of articles: both axes logarithmic, readable in light and dark. */

export type Line = { name: string; points: { articles: number; ms: number }[] }

const width = 760
const height = 420
const frame = { left: 64, right: 214, top: 24, bottom: 48 }
const smallest = 0.01
const largest = 100
/** Told apart by eyes that see few colours, too (Okabe and Ito); the names stand at the lines' ends. */
const colours = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#7f7f7f']
const nameHeight = 15

export function drawGrowth(lines: Line[]): string {
  const sizes = lines[0]?.points.map(point => point.articles) ?? []
  const [first = 1, last = 10] = [sizes[0], sizes.at(-1)]
  const x = (articles: number) =>
    frame.left + (Math.log(articles / first) / Math.log(last / first)) * (width - frame.left - frame.right)
  const y = (ms: number) => {
    const share = Math.log(Math.min(largest, Math.max(smallest, ms)) / smallest) / Math.log(largest / smallest)
    return height - frame.bottom - share * (height - frame.top - frame.bottom)
  }
  const places = namePlaces(lines.map(line => y(line.points.at(-1)?.ms ?? smallest)))
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${label}">`,
    `<style>${style}</style>`,
    ...[0.01, 0.1, 1, 10, 100].map(
      ms =>
        `<line class="grid" x1="${frame.left}" x2="${width - frame.right}" y1="${round(y(ms))}" y2="${round(y(ms))}"/>` +
        `<text x="${frame.left - 8}" y="${round(y(ms) + 4)}" text-anchor="end">${ms} ms</text>`,
    ),
    ...sizes.map(
      size =>
        `<text x="${round(x(size))}" y="${height - frame.bottom + 20}" text-anchor="middle">${size.toLocaleString('en')}</text>`,
    ),
    `<text x="${(frame.left + width - frame.right) / 2}" y="${height - 8}" text-anchor="middle">articles</text>`,
    ...lines.map((line, index) => drawLine(line, colours[index % colours.length]!, places[index]!, x, y)),
    '</svg>\n',
  ].join('\n')
}

const label = 'Milliseconds of processor time per question, by the number of articles'
const style = `text{font:12px system-ui,sans-serif;fill:#444}.grid{stroke:#8884}
path{fill:none;stroke-width:2}@media(prefers-color-scheme:dark){text{fill:#ccc}}`

function drawLine(
  { name, points }: Line,
  colour: string,
  place: number,
  x: (articles: number) => number,
  y: (ms: number) => number,
): string {
  const path = points.map(({ articles, ms }, at) => `${at ? 'L' : 'M'}${round(x(articles))} ${round(y(ms))}`).join('')
  const dots = points.map(
    ({ articles, ms }) => `<circle cx="${round(x(articles))}" cy="${round(y(ms))}" r="3" fill="${colour}"/>`,
  )
  const right = width - frame.right
  const end = y(points.at(-1)?.ms ?? smallest)
  const leader = `<path d="M${right + 4} ${round(end)}L${right + 16} ${round(place)}" stroke="${colour}" style="stroke-width:1"/>`
  const words = `<text x="${right + 20}" y="${round(place + 4)}">${name}</text>`
  return `<path d="${path}" stroke="${colour}"/>${dots.join('')}${leader}${words}`
}

/** One below the other, each as near to its line's end as the others leave room. */
function namePlaces(ends: number[]): number[] {
  const order = ends.map((_, index) => index).sort((a, b) => ends[a]! - ends[b]!)
  const places: number[] = []
  let free = frame.top
  for (const index of order) {
    places[index] = Math.max(free, ends[index]!)
    free = places[index]! + nameHeight
  }
  return places
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
