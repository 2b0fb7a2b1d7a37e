/** Subscribing from another page, where Broadsheet runs in the browser. */

export const words = {
  tab: {
    looking: {
      title: 'Open Broadsheet’s window',
      text: (address: string): string => `Then ${address} is shown there. Leave this tab open until it is.`,
    },
    taken: {
      title: 'Given to Broadsheet’s window',
      text: (address: string): string =>
        `It shows ${address} in its add dialog, in another tab. This one can be closed.`,
    },
    refused: {
      title: 'Another page is waiting there',
      text: (): string => 'Go to Broadsheet’s window, close or finish what is open, and press the bookmark again.',
    },
  },
  bookmark: {
    title: 'Subscribe from any page',
    link: 'Subscribe with Broadsheet',
    text: 'Drag this to the bookmarks of your browser. Pressed on a page, it shows the address of that page in the add dialog of the window that is open. It works while Broadsheet runs at this address.',
    copy: 'Copy it',
    copied: 'Copied. Make a bookmark, and paste it as its address.',
    notCopied: 'The browser did not let it be copied.',
    dragIt: 'It is for the bookmarks: drag it there, or copy it.',
    noPort:
      'A bookmark for subscribing from any page needs an address of Broadsheet that stays the same. Start it with a port of your choice, and the bookmark is here:',
    command: 'npm start -- --port 8421',
  },
}
