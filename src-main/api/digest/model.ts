/** What a digest has. Free of zod: the window shows these, too. */

/** In the order in which they stand. 'stories': what most sources report or, where there are no stories, the newest of each folder. */
export const digestParts = ['stories', 'saved', 'quiet', 'newsletters'] as const
export type DigestPartName = (typeof digestParts)[number]

/** How many articles a digest has at most, inclusive. */
export const digestLimits = { min: 5, max: 50 } as const
