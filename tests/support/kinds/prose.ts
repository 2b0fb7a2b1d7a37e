/** Kinds of article that are mostly words. */
import { type Kind, picture } from './kind.ts'

const news: Kind = {
  slug: 'news',
  source: 'The Harbour Courier',
  language: 'en',
  title: 'Council votes to reopen the north quay to the evening ferry',
  author: 'Mira Halloran',
  categories: ['Harbour', 'Transport'],
  html: `<figure><img src="${picture('quay', 'sea', 1200, 675)}" alt="The north quay at dusk, seen from the breakwater" width="1200" height="675"><figcaption>The north quay, closed since the storm of March. <cite>Photo: Jon Aas</cite></figcaption></figure>
<h1>Council votes to reopen the north quay to the evening ferry</h1>
<p><strong>After seven months of detours the evening ferry will again leave from the north quay, the council decided on Tuesday by eleven votes to four.</strong></p>
<p>Repairs to the quay wall were finished in September, a month later than planned and for a fifth more than the 2.4 million that had been set aside. Engineers had found that the timber piles under the oldest stretch, driven in 1911, were sound; what had failed was the concrete poured over them in 1968.</p>
<p>“We spent the summer looking for rot in the wrong century,” said Oda Venn, who led the survey. Her report, published on Monday, recommends that the wall be <a href="https://example.com/report">inspected every second spring</a>.</p>
<h2>What changes on Monday</h2>
<ul><li>The 18:40 and 20:10 sailings leave from the north quay.</li><li>Bus 7 waits for the later of the two, for at most ten minutes.</li><li>Bicycles board first. Drivers are asked to be patient, and mostly are not.</li></ul>
<blockquote><p>People have been walking twenty minutes round the basin in the rain. Tonight they will walk three.</p></blockquote>
<p>Four councillors voted against, among them the harbour’s own representative, who wanted the quay kept free for cranes until the winter. The shipping company said that it was content with either.</p>
<hr>
<p><small>This article was corrected on Wednesday: the wall is 214 metres long, not 241.</small></p>`,
}

const essay: Kind = {
  slug: 'essay',
  source: 'Slow Quarterly',
  language: 'en',
  title: 'On keeping a list of every book I did not finish',
  author: 'Ines Corvo',
  categories: ['Essays', 'Reading'],
  html: `<p>For eleven years I have kept, at the back of a ledger meant for a fishmonger’s accounts, a list of the books I did not finish. It has three columns: the title, the page, and the reason. The reasons are short. <em>Too many cousins.</em> <em>Lent it.</em> <em>The weather got better.</em><sup><a href="#fn1" id="ref1">1</a></sup></p>
<p>I began it out of shame and go on with it out of curiosity. A list of books one has read is a kind of medal; a list of books one has left is closer to a diary, since it was never the book alone that ended the reading. Somebody telephoned. A train arrived. I was, it turns out, on page 212 of a history of salt when my sister’s second child was born, and I have not wanted to know since what happened to the salt.<sup><a href="#fn2" id="ref2">2</a></sup></p>
<h2>The page is never an accident</h2>
<p>When I had two hundred entries I did what anyone would do and counted. A third of all books were left within twenty pages, as one leaves a shop. Hardly any were left in the middle. And then, between four fifths and nine tenths of the way, came a second crowd: books I had nearly finished, had liked, and had put down as though on a windowsill.</p>
<blockquote><p>We do not stop reading because a book has become dull. We stop because it has become certain.</p><p>Whoever knows how a thing will end has, in a sense, already been given it; the remaining pages are only the receipt.</p><cite>Tomasz Wieland, The Unread Shelf</cite></blockquote>
<p>Wieland may be right, but I think that there is something kinder at work. A book that is not finished goes on. The detective has still not opened the second letter; the expedition is still on the ice, with provisions for a month; and the old woman in the flat above the bakery, whom I left in the autumn of 2017 with her hand on the banister, has all the stairs before her.</p>
<h3>A note on method</h3>
<p>I do not count dictionaries, cookery books or anything with a plug. A book counts as left when it has been moved to another room. If I take it up again it is struck out, with a ruler, and the date.<sup><a href="#fn3" id="ref3">3</a></sup> This has happened nine times.</p>
<p>The ledger has forty pages left. I expect that I shall not fill it.</p>
<hr>
<section><ol>
<li id="fn1"><p>The entry is for a guide to birds of the upper Danube, read in a tent. <a href="#ref1">↩</a></p></li>
<li id="fn2"><p>I am told that it was taxed. See also the entry for 3 May 2014, <a href="https://example.com/ledger">as printed in an earlier issue</a>, where I left a novel in which a child was named after a mine. <a href="#ref2">↩</a></p></li>
<li id="fn3"><p>The ruler is the fishmonger’s, too. <a href="#ref3">↩</a></p></li>
</ol></section>`,
}

const poem: Kind = {
  slug: 'poem',
  source: 'Lamplight Verses',
  language: 'en',
  title: 'Inventory of a Lighthouse',
  author: 'E. Strand',
  categories: ['Poetry'],
  html: `<p>One lamp, with its weather.<br>One stair that counts itself.<br>A hundred and ninety winters<br>&emsp;folded on the shelf.</p>
<p>One keeper, since departed,<br>one kettle, one tin cup;<br>a window for the going down<br>&emsp;and one for coming up.</p>
<p>A book of ships and hours<br>in three unequal hands.<br>A broom for the moths of August.<br>&emsp;A second broom, for sands.</p>
<p>And under every item,<br>in pencil, small and straight,<br>the sea, the sea, the sea, the sea:<br>&emsp;received. Delivered late.</p>
<hr>
<p><em>E. Strand keeps a ferry ticket office on the west coast. This is her first poem in these pages.</em></p>`,
}

const interview: Kind = {
  slug: 'interview',
  source: 'Workshop & Field',
  language: 'en',
  title: '“A good hinge is one you never hear about”',
  author: 'Paul Lindqvist',
  categories: ['Interviews', 'Craft'],
  html: `<figure><img src="${picture('smith', 'shapes', 900, 1125)}" alt="A bench with tools hung in order of size" width="900" height="1125"><figcaption>The bench, with its tools in order of size. “It is not tidiness. It is so that I see at once what is missing.”</figcaption></figure>
<p><em>Hanne Brekke has made hinges for forty years: for church doors, for violin cases, for a bank that would not say which. We met in her workshop above the river.</em></p>
<p><strong>You once said that a hinge is a promise.</strong></p>
<p>I was young, and there was wine. But yes. A door is a promise that there is another room. The hinge only keeps it.</p>
<p><strong>What does a bad one do?</strong></p>
<p>It speaks. First a little, in wet weather. Then it learns the names of everybody in the house. People oil it, which is like answering.</p>
<blockquote><p>I have mended locks for people who were burgled and hinges for people who were lonely.</p></blockquote>
<p><strong>Is there one that you are proud of?</strong></p>
<p>There is a gate in Sjøvik that weighs four hundred kilos, and a child of three can open it. The parents complained. I have the letter framed.</p>
<p><strong>And what are you making now?</strong></p>
<p>A hinge for a very small book. It has nine parts. The largest is a grain of rice; the smallest I lost on Thursday, and we are both, you will notice, sitting quite still.</p>`,
}

const podcast: Kind = {
  slug: 'podcast',
  sound: '/episode-88.wav',
  source: 'Night Freight',
  language: 'en',
  title: 'Episode 88: The tunnel that was dug twice',
  author: 'Lena Oduya and Piet Maas',
  categories: ['Podcast', 'Railways'],
  html: `<p>In 1883 two crews began a tunnel from both ends, and missed each other by eleven metres. Lena walks the branch that leads nowhere; Piet finds the letter that explains it, and then a second letter that does not.</p>
<h3>In this episode</h3>
<ul><li>00:00 Rain on a tin roof</li><li>04:12 Two surveyors, one mountain</li><li>17:45 What the echo said</li><li>31:08 The second letter</li><li>46:30 Listeners’ timetables</li></ul>
<h3>Read and heard</h3>
<dl><dt>Adit</dt><dd>A passage driven into a hillside, for drainage or for looking.</dd><dt>Breakthrough</dt><dd>The moment at which two headings meet. Here, a matter of opinion.</dd><dt>Overburden</dt><dd>All that lies above a tunnel; by extension, what Piet calls his inbox.</dd></dl>
<p>Music by the Valley Brass. Write to us at <a href="mailto:night@freight.example">night@freight.example</a>, by post if at all possible.</p>
<details><summary>Transcript of the opening</summary><p>LENA: It is wet, it is half past five, and I am standing in front of a hole.</p><p>PIET: Describe the hole.</p><p>LENA: It is earlier than I expected.</p></details>`,
}

const headline: Kind = {
  slug: 'headline',
  source: 'The Continental Review of Letters, Science and the Remaining Arts',
  language: 'en',
  title:
    'What the archivists of seven flooded cities, three of them never officially flooded, would like to say to the eighth before anybody there begins to move the boxes',
  author: '',
  categories: [],
  html: `<p>They agree on very little. But they would all begin with the lowest shelf, and none of them would wait for the letter.</p>
<p>Each has a photograph of the high-water mark in the stairwell, and each has hung it lower than it was, so as not to discourage anyone. The mark in the third city is a biscuit tin.</p>`,
}

const untitled: Kind = {
  slug: 'note',
  source: 'small hours',
  language: 'en',
  title: '',
  author: 'm.',
  categories: [],
  html: `<p>Rain since four. The gutter has learned the first bar of something and will not let it go. Kettle; window; <a href="https://example.com/rain">the radar says noon</a>.</p>`,
}

export const prose = [headline, untitled, news, essay, poem, interview, podcast]
