/** The invented sources for the rest of the day. */
import type { DemoSource } from './source.ts'

export const leisure: DemoSource[] = [
  {
    slug: 'slow-kitchen',
    folder: 'Weekend',
    format: 'rss',
    title: 'The Slow Kitchen',
    description: 'One recipe a week, tried seven times',
    language: 'en',
    mark: 'disc',
    ink: [246, 232, 206],
    paper: [140, 68, 46],
    articles: [
      {
        title: 'Quince, four ways, none of them jelly',
        author: 'Odile Marchetti',
        hoursAgo: 4.6,
        categories: ['Recipes', 'Autumn'],
        picture: 'shapes',
        text: `A quince is a fruit that makes up its mind late. Raw, it is wood. After an hour in a low oven it is still thinking. Then, quite suddenly, it turns the colour of old brick and the whole flat smells as though somebody had been happy in it.

## What you need

- four quinces, wiped, not peeled
- 120 g sugar, or 90 and some patience
- the peel of half a lemon, a bay leaf, water

## What you do

Lay them whole in a pot that just holds them. Cover, 140 °C, three hours. Don't look. When a knife goes in as into butter, take them out, keep the juice, and only now cut and core them, which is easy now and was not before.`,
      },
      {
        title: 'In praise of the second-best pan',
        author: 'Odile Marchetti',
        hoursAgo: 77,
        categories: ['Essays'],
        text: 'The best pan hangs on the wall. The second-best makes dinner.',
      },
    ],
  },
  {
    slug: 'long-corridor',
    folder: 'Weekend',
    format: 'atom',
    title: 'The Long Corridor',
    description: 'A review of books, mostly old ones',
    language: 'en',
    mark: 'bars',
    ink: [230, 220, 200],
    paper: [64, 44, 74],
    articles: [
      {
        title: 'The novelist who wrote one sentence a day, and what she left out',
        author: 'Priya Ramanathan',
        hoursAgo: 7.7,
        categories: ['Books', 'Long read'],
        picture: 'shapes',
        text: `For thirty-four years Elsbeth Amsel wrote one sentence every day except Sundays. On Sundays she took one out.

![Cover of the first edition, redrawn](picture)

The arithmetic gives a book of some nine thousand sentences; *The Weir* has six hundred and twelve. Where are the others? Since last week we know. They were in the piano.

> She did not lie to us about the number. She lied about what she was making.

What the executors found, folded between the hammers and the felt, is not a longer version of *The Weir*. It is another book, about the same afternoon, told by the river.`,
      },
      {
        title: 'Rereading the railway timetable of 1913',
        author: 'Edmund Voss',
        hoursAgo: 33,
        categories: ['Books', 'Railways'],
        text: `There is a kind of reader for whom a list of departures is a novel with the adjectives taken out. I am one, and this is the best of its decade.`,
      },
    ],
  },
  {
    slug: 'quiet-frequencies',
    folder: 'Weekend',
    format: 'rss',
    title: 'Quiet Frequencies',
    description: 'A podcast about sounds that are disappearing',
    language: 'en',
    mark: 'wave',
    ink: [255, 255, 255],
    paper: [92, 56, 120],
    isPodcast: true,
    articles: [
      {
        title: 'Episode 88: The bell codes of the Arden line',
        author: 'Quiet Frequencies',
        hoursAgo: 6,
        categories: ['Railways', 'Sound'],
        text: `We spent the last night shift in the box at Ardenhall West with two microphones and Edwin Pask's kettle. With a guide to the bell codes, and, at minute 31, a sheep.`,
      },
      {
        title: 'Episode 87: Typewriters, by ear',
        author: 'Quiet Frequencies',
        hoursAgo: 174,
        categories: ['Sound'],
        text: 'A repairer in Trieste can tell the maker, the year and the mood of the typist with her eyes shut.',
      },
    ],
  },
  {
    slug: 'weather-from-the-attic',
    format: 'rss',
    title: 'Weather from the Attic',
    description: 'One thermometer, one window, forty years',
    language: 'en',
    mark: 'cross',
    ink: [226, 236, 240],
    paper: [86, 124, 148],
    articles: [
      {
        title: 'Saturday: 4.2 °C, and the first frost on the inside',
        author: 'H. Winterbourne',
        hoursAgo: 5.8,
        categories: ['Diary'],
        picture: 'field',
        text: `Clear since two. The gutter has a moustache. The swifts' boxes are empty, of course, but something has been sleeping in the third one from the left, and it has been there since I began to write this down for you.

![The allotments at eight](picture)

Minimum 1.1, maximum 6.8, rain none, wind hardly.`,
      },
      {
        title: 'Friday: 6.0 °C, fog, an owl',
        author: 'H. Winterbourne',
        hoursAgo: 30,
        categories: ['Diary'],
        text: 'Fog to the second chimney. The owl is back, or it is another owl.',
      },
      {
        title: 'Thursday: 7.4 °C, and a note on the high tide',
        author: 'H. Winterbourne',
        hoursAgo: 54,
        categories: ['Diary', 'Sea'],
        text: 'The flood gates went down a little after midnight. From up here you hear it as a single low note, a fifth below the church.',
      },
    ],
  },
]
