/** A day of news in the demo library: what several of its papers report, each in its own words, in two languages. */
import type { Scene } from './painting.ts'
import type { DemoArticle, DemoSource } from './source.ts'

/** Papers that are there for the day's news. */
export const newsrooms: DemoSource[] = [
  {
    slug: 'harbour-courier',
    folder: 'Morning papers',
    format: 'rss',
    title: 'Harbour Courier',
    description: 'Port, town and sea',
    language: 'en-GB',
    mark: 'wave',
    ink: [240, 246, 250],
    paper: [24, 62, 104],
    articles: [],
  },
  {
    slug: 'westmark-herald',
    folder: 'Morning papers',
    format: 'atom',
    title: 'Westmark Herald',
    description: 'The county and the world',
    language: 'en-GB',
    mark: 'arch',
    ink: [252, 246, 230],
    paper: [66, 54, 92],
    articles: [],
  },
  {
    slug: 'evening-post',
    folder: 'Morning papers',
    format: 'rss',
    title: 'Corran Evening Post',
    description: 'On your table by five',
    language: 'en-GB',
    mark: 'steps',
    ink: [255, 250, 240],
    paper: [30, 82, 66],
    articles: [],
  },
  {
    slug: 'nordwester',
    folder: 'Europe',
    format: 'rss',
    title: 'Nordwester Tageblatt',
    description: 'Nachrichten von der Küste',
    language: 'de',
    mark: 'diamond',
    ink: [248, 250, 252],
    paper: [40, 60, 84],
    articles: [],
  },
  {
    slug: 'talbote',
    folder: 'Europe',
    format: 'atom',
    title: 'Talbote',
    description: 'Zeitung der oberen Täler',
    language: 'de',
    mark: 'bars',
    ink: [255, 252, 240],
    paper: [112, 46, 30],
    articles: [],
  },
]

type Report = [paper: string, hoursAgo: number, title: string, text: string]

/** What happened, under which heading, and the picture of whoever sent a photographer. */
type Event = { category: string; picture?: [paper: string, scene: Scene]; reports: Report[] }

const events: Event[] = [
  {
    category: 'Weather',
    picture: ['morning-ledger', 'sea'],
    reports: [
      [
        'weather-from-the-attic',
        7.2,
        'Storm Idris, seen from the attic: how the gusts came to Port Ansel before the sea wall went',
        'Thirty-one metres a second at four in the morning, from the south-west, and then the needle stayed where it was. At Port Ansel, says the radio, Storm Idris has broken the sea wall.',
      ],
      [
        'northern-dispatch',
        6.1,
        'Storm Idris breaks the sea wall at Port Ansel',
        'At the height of the spring tide Storm Idris opened a gap of forty metres in the sea wall at Port Ansel. Nobody was hurt: the lower town had been emptied at midnight, street by street, by a retired pilot with a hand bell.',
      ],
      [
        'morning-ledger',
        4.8,
        'Sea wall at Port Ansel gives way as Storm Idris passes',
        'The wall that kept the sea out of Port Ansel for a hundred and twelve years gave way in eleven minutes during Storm Idris.',
      ],
      [
        'westmark-herald',
        3.4,
        'Hundreds leave Port Ansel after Storm Idris breaks its sea wall',
        'Some four hundred people have left Port Ansel since Storm Idris broke the sea wall. The school on the hill has beds for all of them, and a piano.',
      ],
      [
        'harbour-courier',
        1.9,
        'After Storm Idris, Port Ansel counts its boats and looks at its sea wall',
        'Of sixty-one boats in Port Ansel, fifty-eight are afloat. Of the sea wall, says the harbour master, there is enough left to be embarrassed about.',
      ],
      [
        'evening-post',
        0.7,
        'The sea wall at Port Ansel and Storm Idris: what is known so far',
        'When the sea wall at Port Ansel will be closed, who knew of the crack in it, and where Storm Idris is going next.',
      ],
    ],
  },
  {
    category: 'Verkehr',
    picture: ['abendbogen', 'hills'],
    reports: [
      [
        'nordwester',
        8.3,
        'Lokführer streiken: In der Nordmark fährt kein Zug',
        'Seit vier Uhr früh streiken in der Nordmark die Lokführer. Die Bahn spricht von einzelnen Ausfällen, die Anzeigetafel von allen.',
      ],
      [
        'abendbogen',
        6.6,
        'Streik der Lokführer legt die Züge in der Nordmark lahm',
        'Kein Zug, kein Ersatzbus, aber sehr viel Kaffee: Der Streik der Lokführer hat die Nordmark zum Stehen gebracht. Die Gewerkschaft will die Nachtschicht auf acht Stunden kürzen, die Bahn bietet neuneinhalb und eine Kantine.',
      ],
      [
        'talbote',
        2.2,
        'Lokführer der Nordmark streiken bis Montag, die Züge bleiben stehen',
        'Die Lokführer in der Nordmark verlängern ihren Streik bis Montag früh. Züge in die oberen Täler fahren nur noch, wo es bergab geht.',
      ],
    ],
  },
  {
    category: 'Spaceflight',
    picture: ['morning-ledger', 'night'],
    reports: [
      [
        'field-and-orbit',
        9.4,
        'Alcyone is heard again: a probe, a dish and nine years of silence',
        'Two hertz wide and for nine days taken for a fault in the receiver: the carrier of the probe Alcyone, silent since 2017.',
      ],
      [
        'tidewater',
        7.5,
        'How one hears the probe Alcyone after nine years of silence',
        'The signal of Alcyone is weaker than a mobile telephone on Mars would be. It took a dish of thirty-five metres, a clock that loses a second in thirty million years, and somebody who was bored.',
      ],
      [
        'westmark-herald',
        5.1,
        'Space probe Alcyone answers after nine years of silence',
        'Most of the people who built the probe Alcyone have retired. All of them have come back.',
      ],
      [
        'morning-ledger',
        2.9,
        'Silent for nine years, the probe Alcyone sends a whisper',
        'It is not talking to us, says the operations team of the probe Alcyone. It is humming.',
      ],
    ],
  },
  {
    category: 'Economy',
    reports: [
      [
        'harbour-courier',
        5.6,
        'Central bank leaves its interest rate at 2.25 percent',
        'For the fifth time in a row the board of the central bank saw no reason to move the interest rate. Markets, which had seen several, fell by a little. The governor spoke for nine minutes, four of them about the weather, and answered the question of what would have to happen first with the word “something”.',
      ],
      [
        'evening-post',
        4.9,
        'Interest rate stays at 2.25 percent, central bank says',
        'Savers get nothing more, and borrowers nothing less: the central bank has left the interest rate alone.',
      ],
      [
        'westmark-herald',
        4.1,
        'What the interest rate of the central bank means for your mortgage',
        'Nothing, for the fifth time. The central bank has left its rate at 2.25 percent.',
      ],
      [
        'morning-ledger',
        3.6,
        'Central bank holds interest rate at 2.25 percent for a fifth time',
        'Eight of nine members of the board voted to leave the interest rate where it is. The ninth was on a train.',
      ],
    ],
  },
  {
    category: 'Medicine',
    reports: [
      [
        'westmark-herald',
        10.2,
        'Hay fever vaccine Polnex passes its last trial',
        'Nine in ten of those who were given the vaccine Polnex went through May without a handkerchief.',
      ],
      [
        'tidewater',
        9.1,
        'Polnex: what the last trial of the hay fever vaccine shows, and what it does not',
        'The vaccine works for three years, says the trial. It has run for three years.',
      ],
      [
        'northern-dispatch',
        6.8,
        'A vaccine against hay fever: Polnex does what it promised in trial',
        'Farmers were the first to volunteer for the trial of the hay fever vaccine Polnex, and the last to believe it.',
      ],
    ],
  },
  {
    category: 'Railways',
    picture: ['harbour-courier', 'city'],
    reports: [
      [
        'evening-post',
        9.8,
        'Corran Bridge to close for two years from March',
        'The cables of Corran Bridge are tired, says the engineer, and so is she.',
      ],
      [
        'harbour-courier',
        8.1,
        'Two years without Corran Bridge: the ferry may come back',
        'While Corran Bridge is closed, the ferry that it replaced in 1931 may return. It has been a restaurant since.',
      ],
      [
        'northern-dispatch',
        5.3,
        'Corran Bridge will be closed for two years, and nobody has told the buses',
        'Every bus of the valley crosses Corran Bridge, which is to close for two years. The timetable for April shows all of them.',
      ],
    ],
  },
  {
    category: 'Stadt',
    picture: ['abendbogen', 'city'],
    reports: [
      [
        'talbote',
        11.4,
        'Alte Donaubrücke in Lindenau gesperrt: Riss im dritten Pfeiler',
        'Ein Taucher hat in der alten Donaubrücke von Lindenau einen Riss gefunden, so lang wie er selbst.',
      ],
      [
        'abendbogen',
        9.7,
        'Riss im Pfeiler: Lindenau sperrt die alte Donaubrücke',
        'Seit Mittag ist die alte Donaubrücke in Lindenau gesperrt. Im dritten Pfeiler ist ein Riss; entdeckt hat ihn ein Angler, geglaubt hat man es erst dem Taucher.',
      ],
      [
        'nordwester',
        4.4,
        'Lindenau ohne Donaubrücke: Umweg von vierzig Minuten nach Riss im Pfeiler',
        'Wer in Lindenau über die Donau will, fährt vierzig Minuten um. Die Donaubrücke bleibt gesperrt, der Riss bleibt unter Beobachtung.',
      ],
    ],
  },
  {
    category: 'Museums',
    picture: ['harbour-courier', 'shapes'],
    reports: [
      [
        'long-corridor',
        12.6,
        'The bronze horses of Tessaly go home',
        'The museum has decided to return the bronze horses of Tessaly. They leave on Thursday, by sea, in the crates that were made for them in 1911.',
      ],
      [
        'westmark-herald',
        10.9,
        'Museum to return bronze horses to Tessaly after a century',
        'Four bronze horses, eleven hundred pages of correspondence, and one apology: the museum sends Tessaly what it asked for.',
      ],
      [
        'harbour-courier',
        7.9,
        'Bronze horses of Tessaly to leave the museum by sea',
        'The ship that will carry the bronze horses back to Tessaly is expected in the harbour on Wednesday.',
      ],
    ],
  },
  {
    category: 'Climate',
    picture: ['evening-post', 'hills'],
    reports: [
      [
        'tidewater',
        13.8,
        'The last glacier of the Kessel range is declared dead',
        'It had not moved since 2019. A glacier that does not move is ice, and the Kessel range has lost its last.',
      ],
      [
        'northern-dispatch',
        11.9,
        'Kessel range loses its last glacier',
        'Where the last glacier of the Kessel range was, there are now a lake, a marmot and a sign.',
      ],
      [
        'evening-post',
        10.4,
        'Mourners climb to the last glacier of the Kessel range',
        'Some two hundred people walked up to what is left of the last glacier of the Kessel range, with a brass band.',
      ],
    ],
  },
  {
    category: 'Chess',
    reports: [
      [
        'harbour-courier',
        14.1,
        'Okonjo wins the chess tournament at Reval with a pawn to spare',
        'After ninety-four moves, the last thirty of them on one leg, Adaeze Okonjo has won the chess tournament at Reval.',
      ],
      [
        'northern-dispatch',
        13.2,
        'Adaeze Okonjo, 16, wins chess tournament at Reval',
        'She came to Reval by night train and left it as the winner of the chess tournament. Okonjo has an examination on Monday.',
      ],
      [
        'westmark-herald',
        12.2,
        'Chess: how Okonjo won at Reval',
        'The tournament at Reval was decided by a rook that Okonjo left standing for eleven moves.',
      ],
    ],
  },
]

/** What a source has of the day's news. */
export function newsOf(slug: string): DemoArticle[] {
  return events.flatMap(({ category, picture, reports }) =>
    reports.flatMap(([paper, hoursAgo, title, text]): DemoArticle[] =>
      paper === slug
        ? [
            {
              title,
              author: '',
              hoursAgo,
              categories: [category],
              text,
              isOnOwnSite: true,
              ...(picture?.[0] === slug ? { picture: picture[1] } : {}),
            },
          ]
        : [],
    ),
  )
}
