/** Kinds of article that are mostly pictures. */
import { type Kind, picture } from './kind.ts'

const photos: Kind = {
  slug: 'photos',
  source: 'Broad Daylight',
  language: 'en',
  title: 'Twelve hours on the salt road',
  author: 'Yusuf Erden',
  categories: ['Photography', 'Travel'],
  html: `<p>Lorries have carried salt from the pans at Kara to the railhead since before there was a road. We followed one from the first light to the last.</p>
<figure><img src="${picture('dawn', 'hills', 1500, 1000)}" alt="Hills before sunrise, seen from the cab"><figcaption>05:10. The first hill, and the only one with a name.</figcaption></figure>
<figure><img src="${picture('pans', 'sea', 1500, 844)}" alt="Salt pans under a flat light"><figcaption>07:45. The pans. Each belongs to a family; the lines between them belong to the wind.</figcaption></figure>
<figure><img src="${picture('driver', 'shapes', 1000, 1250)}" alt="Coloured shapes of a painted lorry"><figcaption>10:30. Kemal paints his lorry again each spring. Nobody has seen him do it.</figcaption></figure>
<figure><img src="${picture('noon', 'field', 1600, 700)}" alt="A wide field without shade"><figcaption>12:00. No shade for forty kilometres.</figcaption></figure>
<figure><img src="${picture('town', 'city', 1500, 1000)}" alt="The town at the railhead, at dusk"><figcaption>17:20. The railhead. The train is late, as it has been since 1961.</figcaption></figure>
<p><em>Yusuf Erden photographs roads, and the people who are on them for a living.</em></p>`,
}

const comic: Kind = {
  slug: 'comic',
  source: 'Two Small Robots',
  language: 'en',
  title: 'No. 214: Maintenance',
  author: 'Ada Quill',
  categories: ['Comics'],
  html: `<p><img src="${picture('maintenance', 'shapes', 800, 1900)}" alt="Two robots look at a puddle. One of them is the puddle’s friend." title="They were told to recharge in the shade."></p>
<p>Prints of this one are in the <a href="https://example.com/shop">shop</a>. Next week: the puddle’s side of it.</p>`,
}

export const pictorial = [photos, comic]
