/**
 * What an `id` in sanitised HTML begins with, and what a link within the article points to after its `#`. No id of the
 * window begins so: whatever a publisher names, it shadows nothing of ours.
 */
export const articleIdPrefix = 'article-'
