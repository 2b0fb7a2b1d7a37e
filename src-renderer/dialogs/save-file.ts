/** Hands text to the browser as a download; works alike in the window and in a browser. */
export function saveFile(page: Window, name: string, type: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }))
  const link = page.document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // The download has its own hold on the bytes once it has begun; a minute is plenty.
  page.setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
