/** Errors of calls that are no bugs: engine/serve.ts turns them into codes. */

/** Nothing has the id that was asked for. */
export class NotFound extends Error {}

/** The window has started another search: the results of this one are not needed. */
export class Superseded extends Error {}
