/** Errors of calls that are no bugs: engine/serve.ts turns them into codes. */

/** There is nothing with the id that a window asked for. */
export class NotFound extends Error {}

/** The window searches for something else: these results are no longer needed. */
export class Superseded extends Error {}
