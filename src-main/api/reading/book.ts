/** How many articles one book has at most: e-readers open more than that slowly, and it is made in memory. */
export const mostInBook = 200
