/** The allow-list of tags. Of others the text is kept, or nothing. */
import { codeAttribute } from './code-language.ts'
import { texAttribute } from './tex-sources.ts'

/** By tag: the attributes that are kept besides `dir`, `lang` and `title`. */
export const allowedTags: Record<string, string[]> = {
  ...withoutAttributes('p div br hr h1 h2 h3 h4 h5 h6 blockquote address ul dl dt dd figure figcaption summary'),
  ...withoutAttributes('table caption thead tbody tfoot tr b strong i em u s small mark sub sup abbr cite q dfn kbd'),
  ...withoutAttributes('samp var span bdi bdo wbr ruby rb rt rp rtc'),
  pre: [codeAttribute],
  code: [codeAttribute],
  a: ['href', 'rel', 'target', 'data-embed'],
  img: ['src', 'alt', 'width', 'height', 'loading', 'referrerpolicy', texAttribute],
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
  // Of MathML, within `math` only. No HTML is allowed in it: parsers disagree about HTML inside of MathML, which is how
  // sanitisers have been bypassed.
  annotation: ['encoding'],
  time: ['datetime'],
  del: ['datetime'],
  ins: ['datetime'],
}

/** Tags that are replaced by an allowed one of the same meaning. */
export const renamedTags = new Map([
  ...renamed('section article aside header footer main nav hgroup form fieldset legend center search dialog', 'div'),
  ...renamed('menu dir', 'ul'),
  ...renamed('listing', 'pre'),
  ...renamed('acronym', 'abbr'),
  ...renamed('strike', 's'),
  ...renamed('tt', 'code'),
  ...renamed('amp-img', 'img'),
  ...renamed('amp-audio', 'audio'),
  ...renamed('amp-video', 'video'),
])

/** Tags without content and end tag. */
export const voidTags = list('img br hr wbr col source')

/** Removed with their content, which is no text of the article. */
export const droppedWhole = list(
  'script style template title svg select datalist option optgroup textarea button xmp annotation-xml plaintext noembed ' +
    'noframes applet canvas map frameset progress meter',
)

/**
 * By tag: the open tags that a parser closes when this one opens. The output closes them explicitly, so that every parser sees
 * the same tree, and sanitising twice gives the same.
 */
export const closedBy = new Map([
  ...closes('p', 'p address blockquote details div dl figcaption figure hr ol pre table ul'),
  ...closes('p h1 h2 h3 h4 h5 h6', 'h1 h2 h3 h4 h5 h6'),
  ...closes('li', 'li'),
  ...closes('a', 'a'),
  ...closes('dd dt', 'dd dt'),
  ...closes('rt rp', 'rt rp'),
  ...closes('tr th td', 'tr'),
  ...closes('th', 'th'),
  ...closes('thead th td', 'td'),
  ...closes('thead tbody', 'tbody tfoot'),
])

function list(names: string): Set<string> {
  return new Set(names.split(' '))
}

function withoutAttributes(tags: string): Record<string, string[]> {
  return Object.fromEntries(tags.split(' ').map(tag => [tag, []]))
}

function renamed(tags: string, name: string): [string, string][] {
  return tags.split(' ').map(tag => [tag, name])
}

function closes(open: string, tags: string): [string, Set<string>][] {
  return tags.split(' ').map(tag => [tag, list(open)])
}
