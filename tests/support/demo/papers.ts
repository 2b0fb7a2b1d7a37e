/** The invented daily papers in English. */
import type { DemoSource } from './source.ts'

export const papers: DemoSource[] = [
  {
    slug: 'morning-ledger',
    folder: 'Morning papers',
    format: 'rss',
    title: 'The Morning Ledger',
    description: 'News from Ardenhall and the valley, since 1871',
    language: 'en-GB',
    mark: 'bars',
    ink: [255, 252, 244],
    paper: [122, 32, 36],
    articles: [
      {
        title: 'The last signalman of the Arden line hangs up his lamp',
        author: 'Maren Holt',
        hoursAgo: 0.6,
        categories: ['Railways', 'Ardenhall', 'Long read'],
        picture: 'hills',
        text: `At eleven minutes past six on Friday morning, Edwin Pask pulled lever fourteen towards him for the last time, waited for the bell to answer from Corran Bridge, and wrote the time in a book that his predecessor's predecessor had ruled by hand.

![The line above Corran Bridge, shortly after sunrise](picture)

He had done so, by his own reckoning, some two hundred and sixty thousand times. From Monday the eleven miles between Ardenhall and Corran will be worked from a room without windows in the county town, by a person who will look after nine other lines as well and who will never, Mr Pask remarks, have to sweep the snow from the points.

"People ask whether I am sad," he said, and looked for a while at the kettle. "I'm mostly curious who is going to tell the farmer at Low Gill that his sheep are out."

## A railway that listened

The box at Ardenhall West was built in 1889, when the valley had four mills and a brewery, and when the seven o'clock train carried so many people that the company put a second man on the platform to close the doors. What it has had ever since is a bell. One beat: *attention*. Three, pause, one: *is the line clear for a stopping train?* The man at the other end repeats what he hears, and only then does anything move.

It is a slow way to run a railway, and it has a property that its replacement does not: nobody can agree to something without having been asked.

> You learn a person by the way they ring. There was a man at Corran for nineteen years whom I met twice, and I knew when he had a cold.

The engineers who came to take the measurements were, everyone agrees, courteous. They photographed the levers and asked which of them were stiff. They took away the register of 1889 in a grey box, for the county archive, and left a receipt.

## What replaces it

The new arrangement counts axles. A sensor at each end of a section knows how many wheels have gone in and how many have come out, and while the two numbers differ the section is occupied. It does not tire, and according to the operator's own figures, it has been wrong fourteen times in nine years on comparable lines, each time by declaring an empty line full.

"It fails in the right direction," said Ilse Brandt, who is responsible for the change, standing in the rain at the foot of the steps. "But I would be lying if I said that it fails with the same grace."

The council has asked to keep the box. There is talk of a tea room; there is always talk of a tea room. For the moment the levers have been locked, the lamp taken in, and the kettle, which was Mr Pask's own, has gone home with him.

The seven o'clock left four minutes late. Nobody rang to say so.`,
      },
      {
        title: 'Council votes to keep the night buses, by one vote and a correction',
        author: 'Tomás Rey',
        hoursAgo: 2.1,
        categories: ['Transport', 'Council'],
        picture: 'city',
        text: `The night buses will run for another year. At ten to midnight, after a count that had to be held twice, the council voted eighteen to seventeen against the cut that its own finance committee had proposed in March.

The second count was needed because a councillor for the harbour ward had raised the wrong hand. "I was holding my coat with the other one," she said afterwards.

![Ardenhall from the tower of the corn exchange](picture)

What decided the matter, by most accounts, was a table. It was compiled by three nurses and a baker, who had stood at six stops for eleven nights and counted.

| Line | Passengers a night | Of these, on their way to work
| N1 Harbour – Hospital | 214 | 161
| N2 Station – Northfield | 97 | 58
| N4 University – Station | 173 | 22

The committee had assumed ninety passengers on all three lines together. Its chairman thanked the four for their work, withdrew one paragraph of his report and voted for the cut all the same.`,
      },
      {
        title: 'Flood gates close for the first time since they were painted',
        author: 'Maren Holt',
        hoursAgo: 5.2,
        categories: ['Weather', 'Harbour'],
        text: `The flood gates at the inner harbour were closed on Thursday night for the first time since 2019, in a rehearsal that became, around three in the morning, the real thing.

The tide reached 3.41 metres, eleven centimetres below the record. One of the four gates stuck for twenty minutes on its new coat of paint. Nobody was hurt, the fish market opened at the usual hour, and the harbour master has ordered a file.`,
      },
      {
        title: 'Why your bread costs what it costs: one loaf, followed from field to counter',
        author: 'Odile Marchetti',
        hoursAgo: 26,
        categories: ['Economy', 'Food'],
        picture: 'field',
        text: `A loaf at Bellamy's is £2.80. We asked everyone who touched it what they were paid, and, to our surprise, everyone told us.

![Winter wheat at Low Gill](picture)

The farmer gets nineteen pence. The mill gets fourteen, of which electricity is five. The largest single sum, eighty-eight pence, is for the four people who stand in the bakery from two in the morning; the second largest, sixty-one, is rent.

"If wheat doubled tomorrow, the loaf would go up by nineteen pence," says Ruth Bellamy. "If my landlord sneezes, it goes up by twenty."`,
      },
      {
        title: 'School orchestra returns the tuba it had borrowed in 1974',
        author: 'Tomás Rey',
        hoursAgo: 49,
        categories: ['Schools', 'Music'],
        text: `With a letter of apology and a new mouthpiece, the orchestra of the Lower School has given back a tuba that it had borrowed from the railwaymen's band for a single concert, fifty-two years ago.

The band, which has had eleven members since 1988, has said that it now needs to find somebody who can play it.`,
      },
    ],
  },
  {
    slug: 'northern-dispatch',
    folder: 'Morning papers',
    format: 'atom',
    title: 'Northern Dispatch',
    description: 'The north, reported from the north',
    language: 'en-GB',
    mark: 'arch',
    ink: [246, 244, 236],
    paper: [28, 54, 84],
    articles: [
      {
        title: 'Ardenhall’s night buses survive a divided council',
        author: 'Petra Lindqvist',
        hoursAgo: 1.4,
        categories: ['Politics', 'Transport'],
        text: `A coalition of shift workers has beaten a budget cut in Ardenhall. The town's three night bus lines, which were to end in January, will be paid for until the end of next year after an eighteen to seventeen vote shortly before midnight.

The saving would have been £212,000. The council must now find it elsewhere; the swimming pool, which closes on Mondays already, was mentioned twice.`,
      },
      {
        title: 'The village that bought its own mountain',
        author: 'Iain Calder',
        hoursAgo: 8,
        categories: ['Land', 'Long read'],
        picture: 'hills',
        text: `There are forty-one people in Inverlath, and since Tuesday each of them owns one forty-first of a mountain.

![Beinn Lath from the pier](picture)

It cost them £1.1 million, nine years, and, says the postmistress, "one marriage, though that would have gone anyway". The estate had changed hands four times since the war. None of the four owners had stayed for a winter.

What does a village do with a mountain? The minutes of the first meeting, pinned to the door of the hall, list six proposals. In the order in which they were put:

- mend the path to the spring
- let the north side alone for thirty years and see what grows
- a turbine, small
- a turbine, large
- ask the school what it wants
- mend the path to the spring, *before the lambing*

The path was carried unanimously. Everything else was put off to the spring, when there is light in the evenings, and when people, as the chair put it, are easier to agree with.`,
      },
      {
        title: 'Trains between the two capitals to be eleven minutes slower, and on time',
        author: 'Petra Lindqvist',
        hoursAgo: 13,
        categories: ['Railways'],
        text: `The winter timetable adds eleven minutes to the fast trains. It is the first time in thirty years that the operator has promised less, and passenger groups are delighted.

"A timetable is a promise," their spokesman said. "We would rather have one that is kept."`,
      },
      {
        title: 'A lighthouse keeper’s log, read aloud for the first time',
        author: 'Iain Calder',
        hoursAgo: 31,
        categories: ['History', 'Sea'],
        picture: 'sea',
        text: `Wind north-west, nine. Sea over the gallery at four. Lamp out seven minutes. *Relit.*

That is the whole entry for the night of 14 January 1839, and when the actor who was to read it came to the last word he stopped, and the room, which had been full of the noise of coats, was still.

![The sound on a better day](picture)`,
      },
    ],
  },
  {
    slug: 'city-record',
    folder: 'Morning papers',
    format: 'rdf',
    title: 'Ardenhall City Record',
    description: 'Notices of the council',
    language: 'en-GB',
    mark: 'steps',
    ink: [255, 255, 255],
    paper: [74, 84, 88],
    articles: [
      {
        title: 'Closure of Mill Lane, 24 to 28 November',
        author: 'Highways',
        hoursAgo: 20,
        categories: ['Roads'],
        text: 'Mill Lane will be closed to vehicles between the brewery and Low Bridge while the culvert is relined. Pedestrians may pass at all times.',
      },
      {
        title: 'Minutes of the 412th meeting of the council',
        author: 'Clerk to the Council',
        hoursAgo: 4,
        categories: ['Minutes'],
        text: 'The council resolved by eighteen votes to seventeen not to adopt item 9 (supported bus services). Councillor Amory asked that the minutes record that a first count had given the opposite result, and why.',
      },
      {
        title: 'Library opening hours in winter',
        author: 'Libraries',
        hoursAgo: 70,
        categories: ['Libraries'],
        text: 'From 1 December the reading room stays open until nine on weekdays. The heating has been repaired.',
      },
    ],
  },
]
