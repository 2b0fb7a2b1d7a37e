/** What a publisher changed of an article after it was read. */

export type EditedRun = { text: string; kind: 'same' | 'added' | 'removed' }
/** A block of text that was changed, or how many were not. */
export type EditedBlock = { kind: 'changed'; runs: EditedRun[] } | { kind: 'same'; count: number }

/** What a publisher changed at one time. `title`: null where the headline stayed. */
export type Edit = { at: number; title: EditedRun[] | null; blocks: EditedBlock[] }
