/** What an article of a story has that those before it have not. */
import { expect, test } from 'vitest'
import { additionsOf } from '../../src-main/stories/additions.ts'

const first = {
  title: 'Dam bursts in Orrin Valley',
  summary: 'The dam burst on Monday, said Rohde.',
  feedTitle: 'Courier',
}

test.each([
  {
    what: 'names and figures, as they come',
    title: 'Dam burst: 12 dead',
    summary: 'Mayor Ada Kemble spoke.',
    adds: ['12 dead', 'Mayor Ada Kemble'],
  },
  {
    what: 'nothing that was said before, in whatever form',
    title: 'Valley of Orrin',
    summary: 'Rohde’s dams burst in valleys.',
    adds: [],
  },
  {
    what: 'nothing of a headline that has capitals throughout, but for figures and acronyms',
    title: 'NATO Sends 3 Ships To The Broken Valley',
    summary: '',
    adds: ['NATO', '3 Ships'],
  },
  {
    what: 'no word that has its capital from the sentence alone',
    title: 'Water everywhere',
    summary: 'Nobody knows. Many fled.',
    adds: [],
  },
  {
    what: 'a name at the beginning, where it has its capital elsewhere, too',
    title: 'Saltmouth floods',
    summary: 'Water in Saltmouth.',
    adds: ['Saltmouth'],
  },
  {
    what: 'no days, years or times of day',
    title: 'Dam to be rebuilt by 2031',
    summary: 'At 14:30 on Tuesday in March.',
    adds: [],
  },
  {
    what: 'not the name of its source',
    title: 'Dam',
    summary: 'He told the Herald so.',
    feedTitle: 'The Herald',
    adds: [],
  },
  {
    what: 'figures with their currency and unit',
    title: 'Dam cost $2.5 million',
    summary: 'It is 3.5% of it, or €12 each.',
    adds: ['$2.5 million', '3.5%', '€12'],
  },
  { what: 'no small number by itself', title: 'Dam: 12 and 340', summary: '', adds: ['340'] },
  {
    what: 'at most four',
    title: 'Dam: 11 dead, 22 hurt, 33 gone',
    summary: 'And 44 cows, 55 sheep.',
    adds: ['11 dead', '22 hurt', '33 gone', '44 cows'],
  },
])('it is $what', ({ title, summary, feedTitle = 'Ledger', adds }) => {
  expect(additionsOf([first, { title, summary, feedTitle }])).toEqual([[], adds])
})

test('of German, where all nouns have capitals, it is names of several words, acronyms and figures', () => {
  const articles = [
    {
      title: 'Lokführer streiken: Nordmark steht still',
      summary: 'In Nordmark fahren seit dem Morgen keine Züge.',
      feedTitle: 'Abendblatt',
    },
    {
      title: 'Streik der Lokführer: Deutsche Bahn bietet mehr',
      summary: 'Die GDL lehnt 4,5 Prozent ab, Die Stadt wartet.',
      feedTitle: 'Morgenpost',
    },
  ]
  expect(additionsOf(articles)).toEqual([[], ['Deutsche Bahn', 'GDL', '4,5 Prozent']])
})

test('of scripts without capitals it is figures', () => {
  const arabic = [
    { title: 'انهيار سد في وادي أورين', summary: 'نزح ٤٠ ألف شخص', feedTitle: 'أ' },
    { title: 'سد أورين: إجلاء 12 قرية', summary: 'نزح ٤٠ ألف شخص', feedTitle: 'ب' },
  ]
  expect(additionsOf(arabic)).toEqual([[], ['12 قرية']])
  const japanese = ['住民4万人が避難', '住民4万人が避難、12人不明'].map(title => ({
    title,
    summary: '',
    feedTitle: '',
  }))
  expect(additionsOf(japanese)).toEqual([[], ['12人不明']])
})

test('of an article that comes later it is what none before has, not what the first has not', () => {
  const rest = ['Dam: 12 dead', 'Dam: 12 dead, 30 hurt'].map(title => ({ title, summary: '', feedTitle: 'Ledger' }))
  expect(additionsOf([first, ...rest])).toEqual([[], ['12 dead'], ['30 hurt']])
})
