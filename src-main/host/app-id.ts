/** The name of the program among those of a system: its packages, its windows and its notices go by it. */
export const appId = 'io.github.broadsheet_reader.Broadsheet'
