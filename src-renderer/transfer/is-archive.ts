/** Whether a file is one that Broadsheet exported, by how it begins. */

/** A ZIP file begins with a local file header, an empty one with the end of its directory (APPNOTE.TXT 4.3.7, 4.3.16). */
export async function isArchive(file: Pick<File, 'slice'>): Promise<boolean> {
  const start = new Uint8Array(await file.slice(0, 4).arrayBuffer())
  const signature = String.fromCharCode(...start)
  return signature === 'PK\u0003\u0004' || signature === 'PK\u0005\u0006'
}
