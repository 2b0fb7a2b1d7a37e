/** What other thresholds would come to, drawn as an SVG. */
import type { Score } from './lib-stories-score.ts'

export type Sweep = { title: string; chosen: number; points: ({ value: number } & Score)[] }

const panel = { width: 380, height: 300, left: 52, right: 22, top: 40, bottom: 48 }
const lowest = 0.5
const lines: { name: keyof Score; words: string; colour: string; dash: string }[] = [
  { name: 'pairs', words: 'pair precision', colour: '#0072b2', dash: '' },
  { name: 'precision', words: 'B-cubed precision', colour: '#009e73', dash: '6 3' },
  { name: 'f1', words: 'B-cubed F1', colour: '#d55e00', dash: '' },
  { name: 'recall', words: 'B-cubed recall', colour: '#a6568a', dash: '6 3' },
]
const style = `text{font:12px system-ui,sans-serif;fill:#444}.title{font-weight:600}.grid{stroke:#8884}.chosen{stroke:#888;stroke-dasharray:2 3}
path{fill:none;stroke-width:2}@media(prefers-color-scheme:dark){text{fill:#ccc}}`

/** One panel beside the other, the lines' names below. */
export function drawSweep(sweeps: Sweep[]): string {
  const [width, height] = [panel.width * sweeps.length, panel.height + 28]
  const label = `Scores on the labelled headlines: ${sweeps.map(({ title }) => title.toLowerCase()).join('; ')}`
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${label}">`,
    `<style>${style}</style>`,
    ...sweeps.map((sweep, at) => `<g transform="translate(${at * panel.width})">${drawPanel(sweep)}</g>`),
    ...lines.map(({ words, colour, dash }, at) => {
      const x = panel.left + at * 165
      const line = `<path d="M${x} ${height - 16}h26" stroke="${colour}" stroke-dasharray="${dash}"/>`
      return `${line}<text x="${x + 32}" y="${height - 12}">${words}</text>`
    }),
    '</svg>\n',
  ].join('\n')
}

function drawPanel({ title, chosen, points }: Sweep): string {
  const [least, most] = [points[0]!.value, points.at(-1)!.value]
  const x = (value: number) =>
    round(panel.left + ((value - least) / (most - least)) * (panel.width - panel.left - panel.right))
  const y = (share: number) =>
    round(panel.top + ((1 - share) / (1 - lowest)) * (panel.height - panel.top - panel.bottom))
  const bottom = panel.height - panel.bottom
  return [
    `<text class="title" x="${panel.left}" y="22">${title}</text>`,
    ...[0.5, 0.6, 0.7, 0.8, 0.9, 1].map(
      share =>
        `<line class="grid" x1="${panel.left}" x2="${panel.width - panel.right}" y1="${y(share)}" y2="${y(share)}"/>` +
        `<text x="${panel.left - 8}" y="${y(share) + 4}" text-anchor="end">${share.toFixed(1)}</text>`,
    ),
    ...points
      .filter((_, at) => at % 2 === 0)
      .map(({ value }) => `<text x="${x(value)}" y="${bottom + 18}" text-anchor="middle">${value.toFixed(2)}</text>`),
    `<line class="chosen" x1="${x(chosen)}" x2="${x(chosen)}" y1="${panel.top}" y2="${bottom}"/>`,
    `<text x="${x(chosen) + 5}" y="${bottom - 6}">ours</text>`,
    ...lines.map(({ name, colour, dash }) => {
      const path = points.map((point, at) => `${at ? 'L' : 'M'}${x(point.value)} ${y(Math.max(lowest, point[name]))}`)
      return `<path d="${path.join('')}" stroke="${colour}" stroke-dasharray="${dash}"/>`
    }),
  ].join('\n')
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
