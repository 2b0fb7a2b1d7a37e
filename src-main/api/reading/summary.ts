/** A summary below its headline. */

/**
 * The summary without the title at its beginning: many texts begin with theirs, and an article that has none is called by the
 * beginning of its text, with an ellipsis.
 */
export function summaryAfter(title: string, summary: string): string {
  const start = title.replace(/…$/, '')
  if (start === '' || !summary.startsWith(start)) return summary
  const rest = summary.slice(start.length)
  const isWithinWord = start === title && /^[\p{L}\p{M}\p{N}]/u.test(rest)
  return isWithinWord ? summary : rest.trimStart()
}
