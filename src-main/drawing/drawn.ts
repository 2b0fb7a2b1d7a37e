/** Recognises SVGs that draw.ts has made. In a file of its own, since the library of draw.ts is large. */

/** The beginning of an SVG of ours. */
export const drawnBeginning = '<svg xmlns="http://www.w3.org/2000/svg" data-drawn="1"'

/** Only for bytes that we have stored: any other SVG with this beginning is drawn first. */
export function isDrawn(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, drawnBeginning.length)).toString('latin1') === drawnBeginning
}
