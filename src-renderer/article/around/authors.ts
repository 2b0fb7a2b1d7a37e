/** The names of those who wrote an article. */

/** Of a byline as the store keeps it: names apart by commas. 'Smith, John' is one name, and so is what is no name at all. */
export function authorsOf(byline: string): string[] {
  const names = byline.split(', ')
  return names.every(name => name.includes(' ') && !/^(?:jr|sr|phd|md)\b/i.test(name)) ? names : [byline]
}
