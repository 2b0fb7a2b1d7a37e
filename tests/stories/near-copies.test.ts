/** Reports as several papers print them, which are one article, and texts with much in common that are two. */
import { describe, expect, test } from 'vitest'
import { isNearCopy, type Printed } from '../../src-main/stories/copies/is-near-copy.ts'
import { createNearCopies } from '../../src-main/stories/copies/near-copies.ts'
import { wordsOf } from '../../src-main/stories/copies/shared-words.ts'
import { bandsOf, likeness, sketchOf } from '../../src-main/stories/copies/sketch.ts'
import { createRandom } from '../torture/random.ts'

const noon = Date.UTC(2026, 10, 2, 12)
const hour = 3_600_000

function printed(feedId: number, text: string, part: Partial<Printed> = {}): Printed {
  return {
    feedId,
    site: `paper${feedId}.example`,
    title: `Title ${feedId}`,
    words: wordsOf(text),
    publishedAt: noon,
    ...part,
  }
}

const paragraphs = [
  'The ferry across the harbour is to run again from Monday, the port authority said on Thursday, eleven weeks after its engine had caught fire at the eastern pier.',
  'Nobody was hurt then, but three thousand commuters a day had to take the bridge, which had been built for carts and was closed to buses after the second week.',
  'The authority has replaced the engine, the cables and the control room, its director Ines Faro told reporters on board, and trained four crews in fighting fires.',
  'Repairs cost 2.4 million, of which the insurance pays two thirds. Tickets bought for August remain valid until the end of the year.',
  'Opposition members of the council called the reopening overdue and asked for an account of why warnings of the builder had lain unread since spring.',
  'The first boat leaves the western pier at half past five on Monday morning. For the first week passengers travel free of charge.',
]
const report = paragraphs.join(' ')
const advertisement =
  'Subscribe now: four weeks of our paper for one coin, with the weekend magazine, the puzzle page and no obligation at all.'

describe('one article', () => {
  test.each([
    ['as it came from the agency', report],
    ['with another first line', `HARBOUR CITY. Boats are back. ${paragraphs.slice(1).join(' ')}`],
    ['without its end', paragraphs.slice(0, 4).join(' ')],
    ['without a paragraph', [...paragraphs.slice(0, 2), ...paragraphs.slice(3)].join(' ')],
    ['with an advertisement in it', [...paragraphs.slice(0, 3), advertisement, ...paragraphs.slice(3)].join(' ')],
    ['with the paper’s own last line', `${report} More on the harbour in our weekend edition.`],
    ['with some words of the editor’s', report.replace('told reporters on board', 'said').replace('overdue', 'late')],
  ])('%s', (_, text) => {
    const [one, other] = [printed(1, report), printed(2, text)]
    expect(isNearCopy(one, other)).toBe(true)
    const bands = new Set(bandsOf(sketchOf(one.words)))
    expect(bandsOf(sketchOf(other.words)).some(band => bands.has(band))).toBe(true)
  })

  test('of one site, whose teaser has another address', () => {
    const site = { site: 'gazette.example', title: 'Harbour ferry runs again' }
    expect(isNearCopy(printed(1, report, site), printed(2, paragraphs[0]!, site))).toBe(true)
  })
})

const otherReport =
  'Commuters in Harbour City can leave their boots at home: after almost three months the ferry returns on Monday. Ines Faro, who runs the port authority, showed the press a rebuilt engine room and said that four crews had been trained to put out fires. The blaze at the eastern pier in August had hurt nobody, yet sent three thousand people a day across an old bridge. Most of the bill of 2.4 million is for the insurance; councillors want to know why the builder’s letters were not read.'

const forecast = (sky: string, wind: string, high: number) =>
  `Forecast for Harbour City and the coast from Skerry Point to the northern isles. The day begins ${sky} and remains so until evening. Winds ${wind}, in gusts stronger on exposed coasts and on the bridge. Highest temperatures ${high} degrees in the city, two less on the islands. At night mostly dry, with fog in the valleys that lifts by nine. Sailors should listen to the bulletins of the coast guard on the usual channels before they leave port.`

const release = (version: string, change: string) =>
  `Version ${version} is available for all supported systems. ${change} As always, make a backup before you upgrade, read the notes on changed settings, and report what does not work in the tracker. Packages are signed with the key of the project, whose fingerprint is on the page of downloads. Thanks go to all who have translated, tested and reported for this release, and to the sponsors who pay for the machines that build it.`

const briefing = (news: string) =>
  `Good morning. This is the briefing of the Gazette, with what you need to know before the first boat leaves. ${news} That is all for this morning. You get this briefing because you follow it; tell a friend, or write to us at any time. It was put together by the early desk between four and six, with coffee from the bakery at the western pier, and goes out on every working day.`

const mondayNews =
  'The ferry is back, free of charge for a week. The council votes on the budget tonight, and nobody expects it to pass. The orchestra has found a rehearsal room in the old mill, which it shares with the owls.'
const tuesdayNews =
  'The budget did not pass, by a single vote. Two planks of the bridge have been stolen, and the police are looking for somebody with a very small raft. School gardens may stay, the court says, and so may the bees.'

describe('two articles', () => {
  test.each([
    ['two papers’ own reports of one event', report, otherReport],
    ['two issues of a series', briefing(mondayNews), briefing(tuesdayNews)],
    ['two reports that differ in their numbers', report, report.replace('2.4 million', '2.9 million')],
    [
      'a report and a page that quotes its beginning',
      report,
      `${paragraphs[0]} ${otherReport} ${otherReport.split(' ').toReversed().join(' ')}`,
    ],
    ['a report and its first paragraph', report, paragraphs[0]!],
    ['two notices of a few words', 'Closed today because of illness.', 'Closed today because of illness.'],
  ])('%s', (_, one, other) => {
    expect(isNearCopy(printed(1, one), printed(2, other))).toBe(false)
  })

  test.each([
    [
      'two forecasts',
      forecast('cloudy', 'from the west at 20 km an hour', 12),
      forecast('cloudy', 'from the west at 35 km an hour', 9),
    ],
    [
      'two forecasts with the same numbers',
      forecast('clear', 'weak from the south', 12),
      forecast('with heavy rain', 'turning to storm from the north by noon', 12),
    ],
    [
      'two releases of one program',
      release('4.2.1', 'It mends the export of tables.'),
      release('4.2.2', 'It mends the export of tables.'),
    ],
    ['two issues of a series', briefing(mondayNews), briefing(tuesdayNews)],
  ])('of one site under one title: %s', (_, one, other) => {
    const site = { site: 'gazette.example', title: 'This morning' }
    expect(isNearCopy(printed(1, one, site), printed(2, other, site))).toBe(false)
  })

  test('of one site under two titles: what is like another there was written from a template', () => {
    const site = { site: 'gazette.example' }
    expect(isNearCopy(printed(1, report, site), printed(2, report, site))).toBe(false)
  })

  test('in the same feed, or days apart', () => {
    expect(isNearCopy(printed(1, report), printed(1, report))).toBe(false)
    expect(isNearCopy(printed(1, report), printed(2, report, { publishedAt: noon - 72 * hour }))).toBe(false)
  })
})

test('sketches estimate how many runs two texts have in common', () => {
  const likenessOf = (one: string, other: string) => likeness(sketchOf(wordsOf(one)), sketchOf(wordsOf(other)))
  expect(likenessOf(report, report)).toBe(1)
  expect(likenessOf(report, otherReport)).toBeLessThan(0.15)
  expect(likenessOf(report, paragraphs.slice(0, 4).join(' '))).toBeGreaterThan(0.5)
})

test('a sketch is the same in all versions: they are kept in the store', () => {
  const sketch = sketchOf(wordsOf('Die Fähre nach Ørnes fährt 日本 später als sonst'))
  expect([...sketch.slice(0, 8)]).toEqual([49393, 37368, 62401, 21898, 46931, 6428, 31461, 56494])
})

test('among thousands, a text is compared with all that may be its copies, and with few others', () => {
  const { next: random } = createRandom(7)
  const words = () => Array.from({ length: 150 }, () => `w${Math.floor(random() * 1e6)}`)
  const near = createNearCopies()
  const texts = Array.from({ length: 3_000 }, words)
  for (const [id, text] of texts.entries())
    near.add({ id, feedId: 1, site: 'paper.example', title: `Title ${id}`, sketch: sketchOf(text) })

  const found = texts.map((text, id) => {
    const copy = [...text.slice(0, 110), ...words().slice(0, 20)]
    return near.candidates({ id, feedId: 2, site: 'other.example', title: '', sketch: sketchOf(copy) })
  })

  expect(found.filter((ids, id) => ids.length === 1 && ids[0] === id).length).toBeGreaterThan(2_900)
})
