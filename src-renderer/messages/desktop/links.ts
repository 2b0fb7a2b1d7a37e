/** Opening feed: links of other programs. */

export const words = {
  title: 'Links and files',
  label: 'Open feed: links with Broadsheet',
  hint: 'In browsers and other programs. Each is shown in the add dialog first.',
  hintWindows:
    'In browsers and other programs. Windows may ask which program to use, or keep the one chosen in its settings under Default apps.',
  canTake:
    'feed: links of browsers and other programs can open with Broadsheet. Each is shown in the add dialog first.',
  take: 'Open them with Broadsheet',
  areOurs: 'feed: links open with Broadsheet. Another program for them is chosen in the settings of your desktop.',
  nothing:
    'Your system opens feed: links only with programs that are installed, and this Broadsheet is not among them: an AppImage is not, unless your desktop integrates it, nor is a run from the source. Other packages are.',
  refused: 'The system has not changed it.',
  refusedNext: 'Choose Broadsheet for feed: links in the settings of your desktop.',
  files: 'OPML files, exports and backups can be opened with Broadsheet, or dropped on its window.',
}
