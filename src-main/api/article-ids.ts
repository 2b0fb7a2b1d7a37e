/**
 * The prefix of every `id` in sanitised HTML, and of the fragment of a link within the article. No id of the window begins
 * with it, so that no publisher's id shadows one of ours.
 */
export const articleIdPrefix = 'article-'
