/** What takes an article out of the window: copying, printing, saving as a file, sharing, reading aloud. */

export const words = {
  menu: {
    more: 'More actions',
    copyLink: 'Copy link',
    copyMarkdownLink: 'Copy as Markdown link',
    print: 'Print…',
    printWithAddresses: 'Print with addresses of links…',
  },
  print: {
    frame: 'Article to print',
  },
}
