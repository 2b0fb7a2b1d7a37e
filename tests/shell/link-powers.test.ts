import { expect, test } from 'vitest'
import { linkPowers } from '../../src-main/electron/links/link-powers.ts'

const none = { env: {}, home: '/home/a', isPackaged: true, exists: () => false }
const entryIn = (folder: string, name = 'io.github.broadsheet_reader.Broadsheet.desktop') => ({
  exists: (file: string) => file === `${folder}/applications/${name}`,
})

test.each([
  { name: 'Windows is asked for both', given: { platform: 'win32' as const }, can: 'both' },
  { name: 'macOS is asked for both', given: { platform: 'darwin' as const }, can: 'both' },
  { name: 'macOS knows no program that is not packaged', given: { platform: 'darwin' as const, isPackaged: false } },
  { name: 'Linux knows no program without an entry', given: {} },
  { name: 'Linux knows one of the system', given: entryIn('/usr/share'), can: 'take' },
  { name: 'Linux knows one of the user', given: entryIn('/home/a/.local/share'), can: 'take' },
  {
    name: 'Linux is asked in the folders of the environment, and by the name there',
    given: {
      env: { CHROME_DESKTOP: 'org.example.desktop', XDG_DATA_DIRS: 'not/full:/app/share' },
      ...entryIn('/app/share', 'org.example.desktop'),
    },
    can: 'take',
  },
  {
    name: 'a folder that is not a full path is none',
    given: { env: { XDG_DATA_DIRS: 'share' }, ...entryIn('share') },
  },
])('$name', ({ given, can = 'nothing' }) => {
  expect(linkPowers({ platform: 'linux', ...none, ...given })).toBe(can)
})
