/** What a window asked for by id is not there (any more). */
export class NotFound extends Error {}
