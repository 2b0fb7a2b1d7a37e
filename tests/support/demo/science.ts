/** The invented sources on science and technology. */
import type { DemoSource } from './source.ts'

export const science: DemoSource[] = [
  {
    slug: 'tidewater',
    folder: 'Science',
    format: 'atom',
    title: 'Tidewater',
    description: 'Slow science, carefully explained',
    language: 'en',
    mark: 'wave',
    ink: [244, 250, 248],
    paper: [22, 92, 98],
    articles: [
      {
        title: 'Eels have been keeping time by something we cannot see',
        author: 'Dr Noor Achterberg',
        hoursAgo: 1.1,
        categories: ['Biology', 'Ocean', 'Long read'],
        picture: 'sea',
        text: `An eel in a tank in Den Helder, in the dark, at a constant temperature, with nothing to eat and nobody to see, becomes restless twenty-six minutes later every day. So does the eel in the next tank. So, it has now turned out, does an eel in a laboratory in Halifax, four and a half thousand kilometres away, on the same day, by the same twenty-six minutes.

![The estuary at slack water](picture)

"We spent two years trying to find out what we had done wrong," says Hanneke Vos, who first saw it. "Then we spent one year trying to find out what they had done right."

## A clock without a face

Many animals carry clocks. Ours runs a little slow and is put right by the morning. The clocks of the shore run to a different day, of twenty-four hours and fifty minutes, and are put right by the tide: by pressure, salt, the small cold at the turn. Take these away, and every such clock that has been studied begins to drift, each animal by itself.

The eels don't. Through fourteen months without a tide they stayed with one another to within a quarter of an hour.

> Either they can hear each other through eleven metres of concrete and an ocean, or there is a bell ringing that we are deaf to.

## Three candidates

The group's paper, which appeared on Thursday, is careful to the point of shyness. It considers:

- the *magnetic* tide, a daily ripple of some ten nanotesla which eels are known to feel,
- the *gravity* tide, which nobody has shown that an animal can feel,
- and infrasound from the surf of the whole North Atlantic, which is, at the depth of the laboratory's cellar, about as loud as a thought.

They favour the first, because it can be switched off. A cage of copper coils, the size of a garden shed, is being wound in Den Helder now. If they are right, the eels inside it will begin to disagree with one another some time in March.

"I would be almost sorry," says Vos.`,
      },
      {
        title: 'What the oldest ice says about the youngest weather',
        author: 'Samuel Okafor',
        hoursAgo: 11,
        categories: ['Climate'],
        picture: 'field',
        text: `It comes out of the ground in lengths of three metres, and if you hold your ear to it while it warms, it crackles: air, one and a half million years old, going home.

![Camp Little Dome in the last light](picture)

The first measurements confirm what the sea floor had suggested. Before about 900,000 years ago the ice ages came every 41,000 years; afterwards, every 100,000. Carbon dioxide did not lead the change. It did not follow it either. The two moved together, like people going through a narrow door.`,
      },
      {
        title: 'A moss that mends concrete, slowly',
        author: 'Dr Noor Achterberg',
        hoursAgo: 34,
        categories: ['Materials'],
        text: `It takes eleven years to close a crack of half a millimetre. For a bridge that is not a long time.

The moss, which was found on a pumping station, does not eat the lime but moves it: from where there is much of it to where there is water. Nobody has yet asked it to hurry.`,
      },
    ],
  },
  {
    slug: 'field-and-orbit',
    folder: 'Science',
    format: 'json',
    title: 'Field & Orbit',
    description: 'The sky tonight and what we know about it',
    language: 'en',
    mark: 'ring',
    ink: [250, 226, 160],
    paper: [24, 26, 56],
    articles: [
      {
        title: 'Tonight: the Leonids’ late guests, and how to see them from a town',
        author: 'Yuki Tanabe',
        hoursAgo: 3.3,
        categories: ['Observing'],
        picture: 'night',
        text: `The maximum was on Tuesday, but the Leonids leave slowly. From any place with a dark corner you may expect four or five an hour after midnight, fast, greenish, out of the east.

![South-west from the old quarry, 30 seconds](picture)

Put the street lamp behind a wall and your back against it. Give your eyes twenty minutes and the phone none.`,
      },
      {
        title: 'The probe that we had given up answers, in a whisper',
        author: 'Lucía Ferrán',
        hoursAgo: 7,
        categories: ['Spaceflight', 'Long read'],
        picture: 'night',
        text: `Nobody was listening for it. The dish at Cebreros had been turned to that part of the sky to calibrate something else, and the line in the noise, two hertz wide, was for nine days taken for a fault in the receiver.

It was the carrier of *Alcyone*, silent since 2017, drifting eleven hundred million kilometres away with its high-gain antenna pointing at nothing in particular.

"It is not talking to us," says Marta Quiroga of the operations team, most of whom have since retired, and all of whom have come back. "It is humming."

What they can do about it is limited. A command takes an hour to arrive. The receiver on board is open for six minutes in every forty. In December the geometry is good; the one sentence that they mean to send has been discussed for three weeks and is eleven bytes long.`,
      },
      {
        title: 'A map of all the dust between here and the next star',
        author: 'Yuki Tanabe',
        hoursAgo: 52,
        categories: ['Galaxy'],
        text: 'There is less of it than we thought, and it is in the way.',
      },
    ],
  },
  {
    slug: 'plain-text',
    folder: 'Technology',
    format: 'json',
    title: 'Plain Text',
    description: 'Notes on making software that lasts',
    language: 'en',
    mark: 'cross',
    ink: [240, 240, 240],
    paper: [40, 40, 44],
    articles: [
      {
        title: 'How to delete a feature',
        author: 'Anneke Bos',
        hoursAgo: 2.7,
        categories: ['Craft'],
        text: `Adding a feature needs a yes. Deleting one needs a reason, a date, a letter to the eleven people who use it, and somebody who is willing to be wrong in public.

We took one out last month. It was a good feature. Here is what I wish that I had known.

## Measure who, not how many

Forty-one uses a week, said the counter. It did not say that thirty-eight of these were one person, a librarian in Tartu, who had built a whole lending desk on it.

## Leave the door where it was

Keep the address and say on it what happened. The code for that is short:

\`\`\`
export function retired(feature: Feature): Page {
  return {
    status: 410,
    title: feature.name,
    text: feature.farewell,
    instead: feature.successor ?? null,
  }
}
\`\`\`

## Delete it twice

Once from the interface, and, a release later, from the code. Between the two you will learn everything that the counter could not tell you. The librarian wrote on the third day. We talked for an hour, and she now has something better, which is *two* fewer features.`,
      },
      {
        title: 'Dates are not numbers, and other things I learned from a calendar',
        author: 'Anneke Bos',
        hoursAgo: 29,
        categories: ['Craft', 'Time'],
        text: `The bug report said: *my grandmother's birthday has moved*.

It had. She was born on 30 September 1949 at an hour that, in her town, happened twice.`,
      },
      {
        title: 'A small database, ten years on',
        author: 'Rafael Nunes',
        hoursAgo: 55,
        categories: ['Databases'],
        picture: 'shapes',
        text: `In 2016 we put everything into one file and promised one another to move to something serious when it hurt.

![The whole architecture](picture)

It is now forty gigabytes, it has never hurt, and we have become serious in the meantime.`,
      },
    ],
  },
  {
    slug: 'release-notes',
    folder: 'Technology',
    format: 'atom',
    title: 'Lantern: releases',
    description: 'New versions of the Lantern image library',
    language: 'en',
    mark: 'diamond',
    ink: [255, 236, 200],
    paper: [176, 96, 26],
    articles: [
      {
        title: 'Lantern 4.2.0',
        author: 'lantern-bot',
        hoursAgo: 6.4,
        categories: ['Release'],
        text: `Reads every colour profile that we have been sent since spring.

- \`decode()\` takes an \`AbortSignal\`
- half the memory for images over 100 megapixels
- fixes a crash on a zero-height GIF (thank you, whoever drew it)`,
      },
      {
        title: 'Lantern 4.1.9',
        author: 'lantern-bot',
        hoursAgo: 240,
        categories: ['Release', 'Security'],
        text: 'Closes an out-of-bounds read in the TIFF reader. Please update.',
      },
    ],
  },
]
