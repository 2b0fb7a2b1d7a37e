/** What Broadsheet says within and over the text of an article: footnotes, wide tables, pictures. */
export const words = {
  text: {
    code: 'Code',
    table: 'Table',
    columns: 'Text in columns',
    formula: 'Formula',
    note: 'Note',
    toNote: 'Go to the note',
    closeNote: 'Close the note',
  },
  picture: {
    open: 'Enlarge the picture',
    title: 'Picture',
    count: (at: number, all: number): string => `${at} of ${all}`,
    previous: 'Previous picture',
    next: 'Next picture',
    zoomIn: 'Zoom in',
    zoomOut: 'Zoom out',
    fit: 'Fit to the window',
    save: 'Save the picture',
    close: 'Close',
    failed: 'The picture could not be loaded.',
  },
}
