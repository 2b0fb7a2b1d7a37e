/** Which pictures stand above an article's text, since the feed gives them beside it. */
import { expect, test } from 'vitest'
import type { Enclosure, SafeHtml } from '../../../src-main/api/model.ts'
import { leadPictures, withLeadPictures } from '../../../src-main/feeds/pictures/lead-pictures.ts'
import { isSamePicture } from '../../../src-main/feeds/pictures/same-picture.ts'

const host = 'https://paper.example'
const picture = (url: string, more: Partial<Enclosure> = {}): Enclosure => ({
  url,
  type: 'image/jpeg',
  length: null,
  ...more,
})

type Given = { text?: string[]; before?: string; enclosures?: Enclosure[]; image?: string | null }

/** `text`: addresses of pictures in the text, after the words `before`. */
function lead({ text = [], before = '', enclosures = [], image = null }: Given): string[] {
  const html = `<p>${before}</p>${text.map(url => `<img src="${url}" alt="" />`).join('')}<p>Words.</p>`
  return leadPictures({ html, media: text, enclosures, image }).map(({ url }) => url)
}

test.each([
  ['an enclosure', { enclosures: [picture(`${host}/a.jpg`)] }, [`${host}/a.jpg`]],
  ['a thumbnail', { image: `${host}/a.jpg` }, [`${host}/a.jpg`]],
  [
    'both, which are one',
    { enclosures: [picture(`${host}/a.jpg`)], image: `${host}/a-150x150.jpg` },
    [`${host}/a.jpg`],
  ],
  [
    'several, in their order',
    { enclosures: [picture(`${host}/a.jpg`), picture(`${host}/b.jpg`)] },
    [`${host}/a.jpg`, `${host}/b.jpg`],
  ],
  [
    'the largest of one in several sizes',
    { enclosures: [picture(`${host}/m/3.jpg?width=140&s=1`), picture(`${host}/m/3.jpg?width=460&s=2`)] },
    [`${host}/m/3.jpg?width=460&s=2`],
  ],
  ['one by its ending alone', { enclosures: [picture(`${host}/a.webp`, { type: '' })] }, [`${host}/a.webp`]],
  [
    'one by what the feed says',
    { enclosures: [picture(`${host}/p?id=1`, { type: '', medium: 'image' })] },
    [`${host}/p?id=1`],
  ],
  [
    'another one than in the text',
    { text: [`${host}/other.jpg`], enclosures: [picture(`${host}/a.jpg`)] },
    [`${host}/other.jpg`, `${host}/a.jpg`].slice(1),
  ],
  [
    'a thumbnail, where the text has another picture far below',
    { before: 'Many words. '.repeat(20), text: [`${host}/other.jpg`], image: `${host}/a.jpg` },
    [`${host}/a.jpg`],
  ],
])('%s is shown above the text', (_, given, expected) => expect(lead(given)).toEqual(expected))

test.each([
  ['the text has it', { text: [`${host}/a.jpg`], enclosures: [picture(`${host}/a.jpg`)] }],
  [
    'the text has it in another size',
    { text: [`${host}/up/a-1024x683.jpg`], enclosures: [picture(`${host}/up/a.jpg`)] },
  ],
  ['the text has it over https', { text: [`${host}/a.jpg`], enclosures: [picture('http://www.paper.example/a.jpg')] }],
  [
    'the text begins with a picture, and this is a thumbnail',
    { text: [`${host}/cut-otherwise.jpg`], image: `${host}/a.jpg` },
  ],
  [
    'it is the poster of a film',
    { enclosures: [picture(`${host}/v.mp4`, { type: 'video/mp4' })], image: `${host}/a.jpg` },
  ],
  ['it is an icon by its size', { image: `${host}/a-32x32.png` }],
  ['it is an author', { image: 'https://secure.gravatar.com/avatar/abc?s=96' }],
  ['it counts readers', { image: 'https://pixel.wp.com/b.gif?host=x' }],
  ['it is no picture', { enclosures: [picture(`${host}/a.pdf`, { type: 'application/pdf' })] }],
])('nothing is shown above the text where %s', (_, given) => expect(lead(given)).toEqual([]))

test.each([
  [`${host}/up/a-1024x683.jpg`, `${host}/up/a.jpg`],
  [`${host}/up/a-scaled.jpg`, `${host}/up/a-300x200.jpg?ssl=1`],
  [`${host}/a.jpg`, 'http://www.paper.example/a.jpg?width=300&quality=80'],
  [`${host}/up/a.jpg`, 'https://i0.wp.com/paper.example/up/a.jpg?resize=800%2C600'],
  [`${host}/up/a.jpg`, `https://cdn.example/fetch/w_600,c_limit/${encodeURIComponent(`${host}/up/a.jpg`)}`],
  [`${host}/up/a.jpg`, `https://img.example/?url=${encodeURIComponent(`${host}/up/a.jpg`)}&w=300`],
  ['https://1.bp.blogspot.com/x/y/s72-c/boat.jpg', 'https://1.bp.blogspot.com/x/y/s1600/boat.jpg'],
  ['https://miro.example/v2/resize:fit:400/1*abc.jpeg', 'https://miro.example/v2/resize:fit:1200/1*abc.jpeg'],
  [
    'https://ichef.example/ace/standard/240/cps/live/abc.jpg',
    'https://ichef.example/ace/standard/976/cps/live/abc.jpg',
  ],
  ['https://up.example/thumb/a/ab/Boat.jpg/320px-Boat.jpg', 'https://up.example/a/ab/Boat.jpg'],
  [
    'https://images.paper.example/1/harbour-at-night.jpg',
    'https://static.paper.example/2/harbour-at-night-640x480.webp',
  ],
  // The BBC, the Guardian, the New York Times, Spiegel, Zeit, Deutsche Welle, the CBC, heise.
  [
    'https://ichef.bbci.co.uk/ace/standard/240/cpsprodpb/5c1c/live/0bd1c7c0-11ef-b0b1.jpg',
    'https://ichef.bbci.co.uk/news/1024/cpsprodpb/5c1c/live/0bd1c7c0-11ef-b0b1.jpg.webp',
  ],
  [
    'https://i.guim.co.uk/img/media/0d0ae7f4b/0_200_5000_3000/master/5000.jpg?width=140&s=a',
    'https://i.guim.co.uk/img/media/0d0ae7f4b/0_200_5000_3000/500.jpg?width=620&s=b',
  ],
  [
    'https://static01.nyt.com/images/2024/03/12/12tide/12tide-mediumSquareAt3X.jpg',
    'https://static01.nyt.com/images/2024/03/12/12tide/12tide-superJumbo.jpg',
  ],
  [
    'https://cdn.prod.www.spiegel.de/images/0a1b2c3d-1111_w520_r2.08_fpx50_fpy50.jpg',
    'https://cdn.prod.www.spiegel.de/images/0a1b2c3d-1111_w960_r1.778_fpx50_fpy50.webp',
  ],
  [
    'https://img.zeit.de/2024-03/tide-bild/wide__148x84',
    'https://img.zeit.de/2024-03/tide-bild/wide__822x462__desktop',
  ],
  ['https://static.dw.com/image/68500123_6.jpg', 'https://static.dw.com/image/68500123_905.webp'],
  [
    'https://i.cbc.ca/1.71!/image.jpg_gen/derivatives/16x9_620/tide.jpg',
    'https://i.cbc.ca/1.71!/image.jpg_gen/derivatives/16x9_1180/tide.jpg',
  ],
  [
    'https://heise.cloudimg.io/width/700/q75/_www-heise-de_/imgs/18/4/tide-0a1b2c3d.jpeg',
    'https://www.heise.de/imgs/18/4/tide-0a1b2c3d.jpeg',
  ],
  // Systems: Blogger, Ghost, Next.js, Cloudflare, Tumblr, Flickr.
  [
    'https://blogger.googleusercontent.com/img/a/AVvXsEabc=s72-c',
    'https://blogger.googleusercontent.com/img/a/AVvXsEabc=w640-h480',
  ],
  [`${host}/content/images/size/w1000/2024/03/tide.jpg`, `${host}/content/images/2024/03/tide.jpg`],
  [`${host}/_next/image?url=%2Ftide.jpg&w=1080&q=75`, `${host}/tide.jpg`],
  [`${host}/cdn-cgi/image/width=800,quality=80/up/tide.jpg`, `${host}/up/tide.jpg`],
  [
    'https://64.media.tumblr.com/abc123/0a1b-33/s540x810/ffee.jpg',
    'https://64.media.tumblr.com/abc123/0a1b-33/s1280x1920/0011.jpg',
  ],
  ['https://live.staticflickr.com/65535/53500_abc123_m.jpg', 'https://live.staticflickr.com/65535/53500_abc123_b.jpg'],
])('%s is the same picture as %s', (one, other) => {
  expect([isSamePicture(one, other), isSamePicture(other, one)]).toEqual([true, true])
})

test.each([
  [`${host}/photos/123/full.jpg`, `${host}/photos/124/full.jpg`],
  [`${host}/image.php?id=1`, `${host}/image.php?id=2`],
  [`${host}/a.jpg`, `${host}/b.jpg`],
  [`${host}/2024/01/image.jpg`, `${host}/2024/02/image.jpg`],
  [`${host}/2024/harbour_1.jpg`, `${host}/2024/harbour_2.jpg`],
  [`${host}/2024/20240312_001.jpg`, `${host}/2024/20240312_002.jpg`],
  [`${host}/images/1200.jpg`, `${host}/images/1201.jpg`],
  ['https://img.zeit.de/2024-03/tide-bild/wide__148x84', 'https://img.zeit.de/2024-03/moon-bild/wide__148x84'],
  [
    'https://i.guim.co.uk/img/media/0d0a/0_200_5000_3000/500.jpg?width=140',
    'https://i.guim.co.uk/img/media/ffee/0_200_5000_3000/500.jpg?width=140',
  ],
  ['https://64.media.tumblr.com/abc123/0a1b/s540x810/a.jpg', 'https://64.media.tumblr.com/abc124/0a1c/s540x810/a.jpg'],
  ['https://static01.nyt.com/images/2024/03/12tide-1.jpg', 'https://static01.nyt.com/images/2024/03/12tide-2.jpg'],
  ['https://one.example/photo-of-a-boat.jpg', 'https://two.other/photo-of-a-boat.jpg'],
])('%s is another picture than %s', (one, other) => expect(isSamePicture(one, other)).toBe(false))

test('what a publisher says of a picture stays within its attribute', () => {
  const [shown] = leadPictures({
    html: '',
    media: [],
    enclosures: [picture(`${host}/a.jpg`, { title: '"><script>' })],
    image: null,
  })
  const html = withLeadPictures([{ ...shown!, url: `${host}/a.jpg?b=1&c="<` }], '<p>x</p>' as SafeHtml)
  expect(html).toBe(
    `<figure><img src="${host}/a.jpg?b=1&amp;c=&quot;&lt;" alt="&quot;&gt;&lt;script&gt;" loading="lazy" referrerpolicy="no-referrer" /></figure><p>x</p>`,
  )
})
