/** Hands a file to the browser as a download; works alike in the window and in a browser. */

/** The address must be one of our own making (blob:): the window lets nothing else be saved. */
export function saveFile(page: Window, name: string, content: Blob): void {
  const address = URL.createObjectURL(content)
  const link = page.document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // A download that has begun no longer needs the address; a minute is plenty.
  page.setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
