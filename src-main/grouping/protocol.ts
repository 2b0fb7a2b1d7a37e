/** What the engine's thread and the thread that groups articles say to each other. */

export type GroupingThread = {
  /** Groups all that has not been grouped yet. `known`: how many articles it has in memory. */
  group(): Promise<{ known: number }>
  /** Lets what is being stored finish, and closes the connection. */
  shutDown(): Promise<void>
}

export type GroupingEvents = {
  /** The stories of these articles changed, or how many sources they have. */
  grouped: { articleIds: number[] }
  /** Articles that were listed are copies of others: lists and counts are other ones. */
  'copies-found': Record<string, never>
  /** This thread wrote to the database. */
  stored: Record<string, never>
}
