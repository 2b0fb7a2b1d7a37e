/** What a call is refused with that is no mistake: engine/serve.ts makes codes of these. */

/** What a window asked for by id is not there (any more). */
export class NotFound extends Error {}

/** The window searches for something else: nobody waits for these results any more. */
export class Superseded extends Error {}
