/** Null: not released yet. */
export type Changes = { version: string | null; parts: { title: string; changes: Piece[][] }[] }
export type Piece = { text: string; isCode: boolean }

export function changesOf(markdown: string): Changes[]
