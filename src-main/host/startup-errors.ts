/** Why Broadsheet can't use its data folder, in words: what happened, and what to do. */

const words: Readonly<Record<string, string>> = {
  'in-use': 'Another Broadsheet is using this folder. Close it first, or choose another folder with --data.',
  'storage-damaged':
    'The database is damaged, and another Broadsheet has it open. Close that one and start again: it will be recovered.',
  'storage-foreign':
    'Something that Broadsheet never puts there is in the database, and another Broadsheet has it open. Close that one and start again: what is yours will be copied into a new one.',
  'unsafe-folder':
    'Something lies in the folder that is not Broadsheet’s, under the name of one of its files. Remove it, or choose another folder with --data.',
  'foreign-file':
    'A file that Broadsheet uses in this folder belongs to another user of this computer, who could change it at any time. If it should be yours, make yourself its owner and start again. Else move it away, or choose another folder with --data.',
  'hard-link':
    'A file that Broadsheet uses in this folder has another name as well (a hard link), and what is written to one would change the other. Copy it, remove it and give the copy its name; or choose another folder with --data.',
  'storage-read-only': 'The folder or the database in it may not be written. Check its permissions.',
  'storage-full': 'There is no space left on the disk. Free some and start again.',
  'storage-busy':
    'Another Broadsheet is updating its store in this folder. Nothing was changed. Try again when it is done.',
  'storage-newer': 'The database was made by a newer Broadsheet. Update this one. Nothing was changed.',
}

/** One or two sentences for the user; `code` as the engine gives it, `detail` for those who want to know more. */
export function unusableText(code: string, detail: string, dataDir: string): string {
  const what = words[code] ?? 'Broadsheet could not start its engine.'
  return `${what}\nFolder: ${dataDir}${detail === '' ? '' : `\nDetail: ${detail}`}`
}
