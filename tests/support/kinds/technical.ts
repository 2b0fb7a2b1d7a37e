/** Kinds of article with code, formulas, tables and lists. */
import { type Kind, picture } from './kind.ts'

const tutorial: Kind = {
  slug: 'tutorial',
  source: 'Plain Machines',
  language: 'en',
  title: 'A queue that forgets nothing, in sixty lines',
  author: 'Noor Basar',
  categories: ['Programming', 'Databases'],
  html: `<p>Most queues lose work at the moment at which you need them: when the power goes. This one writes down what it is about to do, <em>then</em> does it. You need a file, a checksum, and the patience to call <code>fsync</code>.</p>
<h2>1. Append, never overwrite</h2>
<p>Each record is its length, its bytes, and a checksum of both. A record that was cut short fails the last of these, and everything before it is still good.</p>
<pre><code class="language-ts">/** Appends one record; resolves once it is on the disk. */
export async function append(log: FileHandle, body: Uint8Array): Promise&lt;void&gt; {
  const head = new DataView(new ArrayBuffer(8))
  head.setUint32(0, body.byteLength)
  head.setUint32(4, crc32(body))
  await log.write(Buffer.concat([Buffer.from(head.buffer), body]))   // one write: records of two threads never interleave
  await log.datasync()
}</code></pre>
<p>Press <kbd>Ctrl</kbd> + <kbd>C</kbd> in the middle and read it back; the program says:</p>
<pre><samp>$ node replay.js queue.log
1,204 records, the last one cut short (ignored)</samp></pre>
<h2>2. What it costs</h2>
<table><thead><tr><th>Disk</th><th align="right">Without sync</th><th align="right">With sync</th><th align="right">Batches of 32</th><th>Worth it?</th></tr></thead><tbody><tr><td>Laptop, NVMe</td><td align="right">310,000/s</td><td align="right">4,100/s</td><td align="right">118,000/s</td><td>Yes</td></tr><tr><td>Cloud volume</td><td align="right">290,000/s</td><td align="right">610/s</td><td align="right">19,000/s</td><td>Yes, in batches</td></tr><tr><td>A drawer of old drives, spinning</td><td align="right">140,000/s</td><td align="right">58/s</td><td align="right">1,800/s</td><td>For the sound of it</td></tr></tbody></table>
<ol><li>Open the log, and lock it:<ol><li>a second process must fail at once;</li><li>a crashed one must not leave the lock behind.</li></ol></li><li>Replay what is there.</li><li>Only then listen.</li></ol>
<p>The whole program is <a href="https://example.com/queue">in the repository</a>; <code>npm test</code> pulls the plug two hundred times.</p>`,
}

const maths: Kind = {
  slug: 'maths',
  source: 'Notes from the Lattice',
  language: 'en',
  title: 'A short proof that most lattice walks come home late',
  author: 'R. Okafor',
  categories: ['Mathematics'],
  html: `<p>Let <math><msub><mi>S</mi><mi>n</mi></msub></math> be the simple walk on the line, and let <math><mi>T</mi></math> be its first return to the origin. It is classical that the walk comes home with probability one; less often said aloud is that one should not wait for it.</p>
<h3>Theorem</h3>
<blockquote><p>For every <math><mi>n</mi><mo>≥</mo><mn>1</mn></math>,</p><math display="block"><mrow><mi>P</mi><mo>(</mo><mi>T</mi><mo>&gt;</mo><mn>2</mn><mi>n</mi><mo>)</mo><mo>=</mo><mfrac><mn>1</mn><msup><mn>2</mn><mrow><mn>2</mn><mi>n</mi></mrow></msup></mfrac><mo>(</mo><mfrac linethickness="0"><mrow><mn>2</mn><mi>n</mi></mrow><mi>n</mi></mfrac><mo>)</mo><mo>∼</mo><mfrac><mn>1</mn><msqrt><mrow><mi>π</mi><mi>n</mi></mrow></msqrt></mfrac></mrow></math><p>and in particular <math><mrow><mi>E</mi><mo>[</mo><mi>T</mi><mo>]</mo><mo>=</mo><mi>∞</mi></mrow></math>.</p></blockquote>
<p><em>Proof.</em> Reflect every path at its last visit to zero. What remains is a bijection between paths that never return and paths that end where they began, of which there are as many as there are ways to choose <math><mi>n</mi></math> steps among <math><mrow><mn>2</mn><mi>n</mi></mrow></math>. Stirling’s formula does the rest:</p>
<math display="block"><mrow><mi>n</mi><mo>!</mo><mo>=</mo><msqrt><mrow><mn>2</mn><mi>π</mi><mi>n</mi></mrow></msqrt><mo>⁢</mo><msup><mrow><mo>(</mo><mfrac><mi>n</mi><mi>e</mi></mfrac><mo>)</mo></mrow><mi>n</mi></msup><mo>⁢</mo><mrow><mo>(</mo><mn>1</mn><mo>+</mo><mi>O</mi><mo>(</mo><mfrac><mn>1</mn><mi>n</mi></mfrac><mo>)</mo><mo>)</mo></mrow></mrow></math>
<p>Summing the tail gives a divergent series, <math><mrow><munderover><mo>∑</mo><mrow><mi>n</mi><mo>=</mo><mn>1</mn></mrow><mi>∞</mi></munderover><mfrac><mn>1</mn><msqrt><mi>n</mi></msqrt></mfrac></mrow></math>, and with it the second claim.<sup><a href="#n1" id="r1">*</a></sup> ∎</p>
<figure><img src="${picture('walk', 'hills', 1200, 480)}" alt="Forty walks of a thousand steps, drawn over each other" width="1200" height="480"><figcaption><strong>Figure 1.</strong> Forty walks of a thousand steps. Nine have not come home.</figcaption></figure>
<p id="n1"><small>* The same argument in two dimensions needs more room; in three the walk is lost for good. <a href="#r1">Back</a></small></p>`,
}

const recipe: Kind = {
  slug: 'recipe',
  source: 'Salt and Rosemary',
  language: 'en',
  title: 'Potatoes under a stone',
  author: 'Giulia Ferro',
  categories: ['Recipes', 'Autumn'],
  html: `<img src="${picture('potatoes', 'field', 1200, 800)}" alt="Small potatoes pressed flat in a black pan" width="1200" height="800">
<p>My grandmother pressed potatoes with a stone from the Trebbia, wrapped in a cloth. Any heavy pan will do, though it will not have been to the river.</p>
<p><b>Serves</b> 4 · <b>Takes</b> 50 minutes, of which 10 are yours</p>
<h2>You need</h2>
<ul><li>800 g small waxy potatoes</li><li>3 tablespoons olive oil, and one for the end</li><li>2 sprigs of rosemary</li><li>1 head of garlic, halved across</li><li>coarse salt<ul><li>grey, if you have it</li><li>and a little more than seems right</li></ul></li></ul>
<h2>Method</h2>
<ol><li><p>Boil the potatoes in their skins, in water as salt as the sea, until a knife goes in and does not want to come out: about 18 minutes.</p></li><li><p>Drain them, and let them steam dry for five. <strong>Do not skip this;</strong> a wet potato fries in its own regret.</p></li><li><p>Heat the oil with the garlic, cut side down. Lay the potatoes in, set the stone on them, and lean until each gives way with a sigh.</p></li><li><p>Twelve minutes without touching. Turn, add the rosemary, eight minutes more.</p></li></ol>
<h3>Notes</h3>
<p>They keep until the next day, in theory. With eggs, they are breakfast; cold, with capers, a reason to come home. Use 1½ times the garlic for guests you like.</p>`,
}

const review: Kind = {
  slug: 'review',
  source: 'The Long Test',
  language: 'en',
  title: 'Five rain jackets, one winter, no mercy',
  author: 'Kaspar Dahl',
  categories: ['Reviews', 'Outdoors'],
  html: `<p>We wore each for a month on the same ridge, then washed it thirty times. What follows is what was left.</p>
<table><caption>All five, after 30 washes. Water column in mm; weights in size M.</caption><thead><tr><th>Jacket</th><th align="right">Weight</th><th align="right">Water column, new</th><th align="right">Water column, washed</th><th>Seams</th><th>Hood with helmet</th><th>Repairs</th><th align="right">Price</th><th align="right">Score</th></tr></thead><tbody><tr><th>Fjordlight Three</th><td align="right">412 g</td><td align="right">20,000</td><td align="right">17,400</td><td>Taped, all whole</td><td>Yes, turns along</td><td>For life</td><td align="right">€ 340</td><td align="right">8.7</td></tr><tr><th>Marten Storm</th><td align="right">520 g</td><td align="right">28,000</td><td align="right">24,900</td><td>Taped, one lifted at the cuff</td><td>Yes</td><td>Ten years</td><td align="right">€ 460</td><td align="right">8.4</td></tr><tr><th>Ola Anorak</th><td align="right">388 g</td><td align="right">10,000</td><td align="right">9,100</td><td>Sewn over, waxed</td><td>No</td><td>By any tailor</td><td align="right">€ 180</td><td align="right">8.1</td></tr><tr><th>Cirrus Zero</th><td align="right">165 g</td><td align="right">15,000</td><td align="right">4,200</td><td>Glued; two open</td><td>Only without</td><td>None</td><td align="right">€ 290</td><td align="right">5.5</td></tr></tbody><tfoot><tr><td>Mean</td><td align="right">371 g</td><td align="right">18,250</td><td align="right">13,900</td><td></td><td></td><td></td><td align="right">€ 318</td><td align="right">7.7</td></tr></tfoot></table>
<h2>The one to buy</h2>
<p>The <strong>Fjordlight Three</strong> is not the driest, nor the lightest, nor cheap. It is the only one we stopped noticing, which on a ridge in February is the whole of the law.</p>
<h2>The one to love</h2>
<p>The Ola smells of wax and makes you look as though you own a boat. It leaked, once, in a way that could be forgiven.</p>
<h5>How we tested</h5>
<p>ISO 811 for the water column; a garden hose, a fan and a colleague named Bente for everything else.</p>`,
}

export const technical = [tutorial, maths, recipe, review]
