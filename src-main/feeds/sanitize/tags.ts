/** The allow-list: what an article may be made of. Everything else loses its tags and keeps its words, or goes whole. */

/** By tag: the attributes that may stay besides `dir`, `lang` and `title`. */
export const allowedTags: Record<string, string[]> = {
  ...plain('p', 'div', 'br', 'hr', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'blockquote', 'pre', 'address'),
  ...plain('ul', 'dl', 'dt', 'dd', 'figure', 'figcaption', 'summary', 'caption', 'thead', 'tbody', 'tfoot', 'tr'),
  ...plain(
    'b',
    'strong',
    'i',
    'em',
    'u',
    's',
    'small',
    'mark',
    'sub',
    'sup',
    'abbr',
    'cite',
    'q',
    'dfn',
    'code',
    'kbd',
  ),
  ...plain('samp', 'var', 'span', 'bdi', 'bdo', 'wbr', 'ruby', 'rb', 'rt', 'rp', 'rtc', 'table'),
  a: ['href', 'rel', 'target', 'data-embed'],
  img: ['src', 'alt', 'width', 'height', 'loading', 'referrerpolicy'],
  audio: ['src', 'controls', 'preload'],
  video: ['src', 'poster', 'width', 'height', 'controls', 'preload'],
  source: ['src', 'type'],
  ol: ['start', 'reversed', 'type'],
  li: ['value'],
  td: ['colspan', 'rowspan', 'align'],
  th: ['colspan', 'rowspan', 'align', 'scope'],
  col: ['span'],
  colgroup: ['span'],
  details: ['open'],
  math: ['display'],
  // Of MathML, within `math` only.
  annotation: ['encoding'],
  time: ['datetime'],
  del: ['datetime'],
  ins: ['datetime'],
}

/** The same thing under a tag that is allowed, so that blocks stay blocks. */
export const renamedTags: Record<string, string> = {
  section: 'div',
  article: 'div',
  aside: 'div',
  header: 'div',
  footer: 'div',
  main: 'div',
  nav: 'div',
  hgroup: 'div',
  form: 'div',
  fieldset: 'div',
  legend: 'div',
  center: 'div',
  search: 'div',
  dialog: 'div',
  menu: 'ul',
  dir: 'ul',
  listing: 'pre',
  acronym: 'abbr',
  strike: 's',
  tt: 'code',
  'amp-img': 'img',
  'amp-audio': 'audio',
  'amp-video': 'video',
}

/** What stands for itself and has no end tag. */
export const voidTags = ['img', 'br', 'hr', 'wbr', 'col', 'source']

/**
 * MathML's presentation (MathML Core), by name only, and only within `math`; nothing else may stand in it: the ways in which
 * parsers disagree about HTML within MathML are how sanitisers have been fooled.
 */
export const mathTags = [
  ...['mrow', 'mi', 'mn', 'mo', 'ms', 'mtext', 'mspace', 'mfrac', 'msqrt', 'mroot', 'msup', 'msub', 'msubsup', 'mover'],
  ...['munder', 'munderover', 'mmultiscripts', 'mprescripts', 'mtable', 'mtr', 'mtd', 'mstyle', 'mphantom', 'mpadded'],
  ...['semantics', 'annotation'],
]
/** MathML's words: no tags within. */
export const mathWords = ['mi', 'mn', 'mo', 'ms', 'mtext', 'mspace', 'annotation']

/** Between what stands in these and its neighbours is a gap, also where no space is written. */
export const blockTags = [
  ...[
    'p',
    'div',
    'br',
    'hr',
    'h1',
    'h2',
    'h3',
    'h4',
    'h5',
    'h6',
    'blockquote',
    'pre',
    'address',
    'ul',
    'ol',
    'li',
    'dl',
    'dt',
  ],
  ...[
    'dd',
    'figure',
    'figcaption',
    'summary',
    'details',
    'caption',
    'table',
    'thead',
    'tbody',
    'tfoot',
    'tr',
    'td',
    'th',
  ],
  ...['img', 'audio', 'video'],
]

/** Gone with all that is in them: it is not text of the article. */
export const droppedWhole = [
  ...[
    'script',
    'style',
    'template',
    'title',
    'svg',
    'select',
    'datalist',
    'option',
    'optgroup',
    'textarea',
    'button',
    'xmp',
  ],
  ...['annotation-xml', 'plaintext', 'noembed', 'noframes', 'applet', 'canvas', 'map', 'frameset', 'progress', 'meter'],
]

/**
 * Which open tags a parser closes by itself when another one opens. The output closes them, too, before it opens the other, so
 * that whoever reads it, and we ourselves a second time, see the same tree.
 */
export const closedBy: Record<string, string[]> = {
  ...closes(['p'], 'p', 'address', 'blockquote', 'details', 'div', 'dl', 'figcaption'),
  ...closes(['p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6'], 'h1', 'h2', 'h3', 'h4', 'h5', 'h6'),
  ...closes(['p'], 'figure', 'hr', 'ol', 'pre', 'table', 'ul'),
  ...closes(['li'], 'li'),
  ...closes(['a'], 'a'),
  ...closes(['dd', 'dt'], 'dd', 'dt'),
  ...closes(['rt', 'rp'], 'rt', 'rp'),
  ...closes(['tr', 'th', 'td'], 'tr'),
  ...closes(['th'], 'th'),
  ...closes(['thead', 'th', 'td'], 'td'),
  ...closes(['thead', 'tbody'], 'tbody', 'tfoot'),
}

function plain(...tags: string[]): Record<string, string[]> {
  return Object.fromEntries(tags.map(tag => [tag, []]))
}

function closes(open: string[], ...tags: string[]): Record<string, string[]> {
  return Object.fromEntries(tags.map(tag => [tag, open]))
}
