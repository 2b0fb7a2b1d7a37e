/** The window searches for something else: nobody waits for these results any more. */
export class Superseded extends Error {}
