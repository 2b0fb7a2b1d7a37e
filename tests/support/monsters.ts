/** SVGs of some kilobytes that a browser takes many seconds or for ever to show. */

const svg = (inside: string) => `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">${inside}</svg>`
const square = (more = '') => `<rect width="99" height="99" ${more}/>`
const rows = (count: number, row: (index: number) => string) =>
  Array.from({ length: count }, (_, at) => row(at)).join('')
const somewhere = (at: number) => ((at * 7_919) % 1_000) / 10

/** Each of `levels` shows the one before ten times. */
function doubled(levels: number, define: (id: string, inside: string) => string, show: (id: string) => string): string {
  const defined = rows(levels, level => define(`l${level + 1}`, show(`l${level}`).repeat(10)))
  return svg(`<defs>${define('l0', square())}${defined}</defs>${show(`l${levels}`)}`)
}

export const monsters: [name: string, svg: string][] = [
  [
    'a use of uses',
    doubled(
      9,
      (id, inside) => `<g id="${id}">${inside}</g>`,
      id => `<use href="#${id}"/>`,
    ),
  ],
  [
    'a hundred thousand copies',
    doubled(
      5,
      (id, inside) => `<symbol id="${id}">${inside}</symbol>`,
      id => `<use href="#${id}"/>`,
    ),
  ],
  [
    'a pattern of patterns',
    doubled(
      9,
      (id, inside) => `<pattern id="${id}" width="1" height="1">${inside}</pattern>`,
      id => square(`fill="url(#${id})"`),
    ),
  ],
  [
    'a mask in masks',
    doubled(
      9,
      (id, inside) => `<mask id="${id}">${inside}</mask>`,
      id => square(`mask="url(#${id})"`),
    ),
  ],
  [
    'a clip path in clip paths',
    doubled(
      9,
      (id, inside) => `<clipPath id="${id}">${inside}</clipPath>`,
      id => square(`clip-path="url(#${id})"`),
    ),
  ],
  [
    'markers on markers',
    svg(
      `<marker id="m">${square().repeat(200)}</marker><path marker-mid="url(#m)" d="M0 0${'L9 9L0 1'.repeat(20_000)}"/>`,
    ),
  ],
  [
    'blurs',
    svg(`<filter id="f"><feGaussianBlur stdDeviation="50"/></filter>${square('filter="url(#f)"').repeat(500)}`),
  ],
  [
    'a filter without end',
    svg(`<filter id="f">${'<feGaussianBlur stdDeviation="50"/>'.repeat(3_000)}</filter>${square('filter="url(#f)"')}`),
  ],
  [
    'morphology',
    svg(
      `<filter id="f"><feMorphology operator="dilate" radius="90"/></filter>${square('filter="url(#f)"').repeat(200)}`,
    ),
  ],
  [
    'turbulence',
    svg(
      `<filter id="f"><feTurbulence baseFrequency=".9" numOctaves="1000"/></filter>${square('filter="url(#f)"').repeat(50)}`,
    ),
  ],
  [
    'dashes',
    svg(
      '<path fill="none" stroke="red" d="M0 0H100V100H0z" stroke-dasharray=".0005" stroke-linecap="round"/>'.repeat(
        500,
      ),
    ),
  ],
  [
    'one long curve',
    svg(
      `<path stroke="red" stroke-width="30" stroke-linejoin="round" d="M0 0${rows(50_000, at => `Q${somewhere(at)} ${somewhere(at * 3)} ${somewhere(at * 5)} ${somewhere(at * 11)}`)}z"/>`,
    ),
  ],
  [
    'gradients of many colours',
    svg(
      `<linearGradient id="g">${rows(5_000, at => `<stop offset="${at / 5_000}" stop-color="#${at % 2 ? 'f00' : '0f0'}"/>`)}</linearGradient>${square('fill="url(#g)"').repeat(5_000)}`,
    ),
  ],
  ['a tower of marks', svg(`<text y="9">a${'\u0301'.repeat(150_000)}</text>${square()}`)],
  ['alternating directions', svg(`<text y="9">${'a\u05d0'.repeat(60_000)}</text>${square()}`)],
  ['words without end', svg(rows(3_000, at => `<text x="${somewhere(at)}" y="9">${'word '.repeat(10)}</text>`))],
  ['nesting without end', svg(`${'<g>'.repeat(20_000)}${square()}${'</g>'.repeat(20_000)}`)],
  [
    'entities of entities',
    `<!DOCTYPE svg [<!ENTITY l0 "${square().replaceAll('"', "'")}">${rows(9, level => `<!ENTITY l${level + 1} "${`&l${level};`.repeat(10)}">`)}]>${svg('&l9;')}`,
  ],
  ['a picture in a picture', nested(30)],
  ['a line as tall as a tower', svg(square()).replace('viewBox="0 0 100 100"', 'width="1" height="100000000"')],
]

/** Data addresses grow by a third at each level. */
function nested(levels: number): string {
  let inside = svg(square().repeat(20))
  for (let level = 0; level < levels && inside.length < 150_000; level++) {
    const address = `data:image/svg+xml;base64,${Buffer.from(inside).toString('base64')}`
    inside = svg(`<image id="i" width="99" height="99" href="${address}"/>${'<use href="#i"/>'.repeat(20)}`)
  }
  return inside
}
