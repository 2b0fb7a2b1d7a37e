/** A summary below its headline. */

/** What of a summary is not read twice: many texts begin with their title, and where an article has none, its title is their beginning. */
export function summaryAfter(title: string, summary: string): string {
  const start = title.replace(/…$/, '')
  if (start === '' || !summary.startsWith(start)) return summary
  const rest = summary.slice(start.length)
  const isWithinWord = start === title && /^[\p{L}\p{M}\p{N}]/u.test(rest)
  return isWithinWord ? summary : rest.trimStart()
}
