/**
 * Whether this browser divides words by itself. Chromium takes the dictionaries from the system on macOS and Android; elsewhere
 * they are a download of Chrome's own, which neither Electron nor Debian's Chromium has. There `hyphens: auto` does nothing.
 */
export function canHyphenate(document: Document): boolean {
  const word = document.createElement('div')
  word.lang = 'en'
  word.textContent = 'incomprehensibilities'
  // Narrower than the word: it takes a second line only where it is divided.
  word.style.cssText =
    'position: absolute; visibility: hidden; width: 6em; font-size: 16px; line-height: 20px; hyphens: auto'
  document.body.append(word)
  const isDivided = word.getBoundingClientRect().height > 20
  word.remove()
  return isDivided
}
