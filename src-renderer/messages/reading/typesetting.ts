/** How article text is set: the choices of the settings, and the sample that shows them. */
import { formatNumber } from '../format.ts'

export const words = {
  typesetting: {
    title: 'Article text',
    typeface: 'Typeface',
    typefaces: { serif: 'Newsreader', sans: 'Libre Franklin', legible: 'Atkinson Hyperlegible' },
    typefaceHints: {
      serif: 'A serif for long reading',
      sans: 'A plain sans serif',
      legible: 'No two letters alike, and set wider: for dyslexia and weak eyes',
    },
    textSize: 'Size of article text',
    pixels: (size: number) => `${formatNumber(size)} px`,
    lineLength: 'Length of lines',
    characters: (count: number) => `${formatNumber(count)} characters`,
    lineHeight: 'Space between lines',
    timesSize: (times: number) => `${formatNumber(times)} times the size`,
    justified: 'Justify lines',
    justifiedHint: 'Both edges straight, as in a book.',
    hyphenated: 'Divide words at the ends of lines',
    hyphenatedHint: 'By the rules of the article’s language, where its feed names one.',
    reset: 'Set as it was at first',
    sampleLabel: 'Sample',
    sampleTitle: 'The last train before the snow',
    sample:
      'It left at eleven minutes past six with nine passengers, two of them asleep, and a dog that belonged to nobody. Beside the door hung the timetable for Illmitz: platform 1, 10:10, 11:01.',
    sampleMore:
      'By Ostermoor the drifts had reached the windows, and the conductor, who had made this journey for thirty-one winters, put on his second pair of gloves.',
  },
}
