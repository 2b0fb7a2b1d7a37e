/** Tells what we drew from what came from elsewhere. Apart from the drawing itself, whose library is large. */

/** How an SVG of ours begins: one bitmap, and words over it. */
export const drawnBeginning = '<svg xmlns="http://www.w3.org/2000/svg" data-drawn="1"'

/** Only for bytes that we kept: whatever else claims to be drawn is drawn first. */
export function isDrawn(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, drawnBeginning.length)).toString('latin1') === drawnBeginning
}
