/** What of MathML is kept and made: the elements and attributes of MathML Core that show a formula and can do nothing else. */

/** Only inside of `math`. */
export const mathTags: ReadonlySet<string> = list(
  'mrow mi mn mo ms mtext mspace mfrac msqrt mroot msup msub msubsup mover munder munderover mmultiscripts mprescripts ' +
    'mtable mtr mtd mstyle mphantom mpadded semantics annotation',
)

/** Those that contain only text. */
export const mathWords: ReadonlySet<string> = list('mi mn mo ms mtext mspace annotation')

const yesOrNo = /^(?:true|false)$/
/** Below a hundred: a formula is no means of pushing a text away, or of being put over it. */
const size = /^\+?(?:\d{1,2}(?:\.\d{1,6})?|\.\d{1,6})(?:em|ex|px|pt|%)$|^0$/
/** A thin space back, as in `\!`; no more. */
const gap = /^[+-]?(?:0?\.\d{1,6}|0)(?:em|ex)$|^\+?\d(?:\.\d{1,6})?(?:em|ex|px|pt)$|^0$/
const span = /^[1-9]\d?$/

/**
 * Without them a formula says something else: a binomial coefficient becomes a fraction, an upright letter a variable. No colours,
 * which no theme is asked about, and nothing that moves a part to another place.
 */
const attributes: Readonly<Record<string, Readonly<Record<string, RegExp>>>> = {
  mi: { mathvariant: /^normal$/ },
  mo: {
    ...{ form: /^(?:prefix|infix|postfix)$/, stretchy: yesOrNo, symmetric: yesOrNo, largeop: yesOrNo },
    ...{ movablelimits: yesOrNo, lspace: gap, rspace: gap, minsize: size, maxsize: size },
  },
  mspace: { width: gap, height: size, depth: size },
  mpadded: { width: size, height: size, depth: size },
  mfrac: { linethickness: size },
  mover: { accent: yesOrNo },
  munder: { accentunder: yesOrNo },
  munderover: { accent: yesOrNo, accentunder: yesOrNo },
  mtd: { columnspan: span, rowspan: span },
  mstyle: { displaystyle: yesOrNo, scriptlevel: /^\+?[0-3]$/ },
  mrow: { displaystyle: yesOrNo, scriptlevel: /^\+?[0-3]$/ },
  mtable: { displaystyle: yesOrNo },
}

/** By tag, the names of the attributes it may have. */
export const mathAttributeNames: Readonly<Record<string, string[]>> = Object.fromEntries(
  Object.entries(attributes).map(([tag, rules]) => [tag, Object.keys(rules)]),
)

/** The attributes that `tag` keeps of those given. */
export function keptMathAttributes(tag: string, given: Readonly<Record<string, string>>): Record<string, string> {
  const rules = Object.hasOwn(attributes, tag) ? attributes[tag] : undefined
  const kept: Record<string, string> = {}
  for (const [name, rule] of Object.entries(rules ?? {})) {
    const value = given[name]?.trim().toLowerCase()
    if (value !== undefined && rule.test(value)) kept[name] = value
  }
  return kept
}

function list(names: string): Set<string> {
  return new Set(names.split(' '))
}
