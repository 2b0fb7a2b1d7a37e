/** What is said of new versions of the program. */
import type { UpdateFailure, UpdateWay } from '../../../src-main/api/host/updates.ts'
import type { UpdateChoice } from '../../../src-main/api/settings.ts'
import { formatNumber } from '../format.ts'

type Trouble = { what: string; next: string }

const later = 'Broadsheet tries again tomorrow.'

const failures: Record<UpdateFailure, Trouble> = {
  offline: { what: 'This computer is offline.', next: later },
  unreachable: { what: 'The server of new versions did not answer.', next: later },
  refused: { what: 'The server of new versions does not have what was asked for.', next: later },
  unreadable: { what: 'What the server of new versions said could not be read.', next: later },
  'no-file': { what: 'The new version has no file for this computer.', next: 'See its download page.' },
  'cut-off': { what: 'Loading the new version broke off.', next: later },
  'wrong-digest': {
    what: 'The file that came is not the one that was announced. It was deleted.',
    next: 'Try again. If that does not help, do not install it by hand either, and report it.',
  },
  'wrong-signature': {
    what: 'The file that came is not signed by the publisher of this program. It was deleted.',
    next: 'Do not install it by hand either, and report it.',
  },
  disk: { what: 'The new version could not be stored.', next: 'See whether the disk is full.' },
  'not-installed': {
    what: 'The new version was loaded, but could not take the place of this one.',
    next: 'Try again, or install it from its download page.',
  },
  failed: { what: 'The new version could not be loaded.', next: 'Try again, or install it from its download page.' },
}

const choices: Record<Exclude<UpdateChoice, 'unasked'>, string> = {
  never: 'Never',
  tell: 'Tell me',
  install: 'Install by itself',
}

const elsewhere: Record<Exclude<UpdateWay, 'install' | 'tell'>, string> = {
  package: 'New versions come from where this one was installed from: a store, or the packages of your system.',
  unpackaged: 'This Broadsheet was built on this computer. It does not look for new versions.',
}

export const words = {
  title: 'New versions',
  label: 'Look for new versions',
  hint: 'Once a day. The server that has them learns your network address and which version you use, and nothing else.',
  choices,
  elsewhere,
  failures,
  ask: 'Should Broadsheet look for new versions?',
  askText: 'No server has been asked so far. You can change this in the settings.',
  askLater: 'Ask again later',
  check: 'Look now',
  checking: 'Looking for a new version …',
  newest: (version: string): string => `You have the newest version, ${version}.`,
  there: (version: string): string => `Broadsheet ${version} is there.`,
  loading: (version: string, share: number): string =>
    `Loading Broadsheet ${version}: ${formatNumber(Math.round(share * 100))} %`,
  ready: (version: string): string => `Broadsheet ${version} is ready.`,
  readyText: 'It is installed when you quit. Before its first start your library is backed up.',
  notInstalled: (version: string): string => `Broadsheet ${version} could not be installed.`,
  whatIsNew: 'What is new',
  install: 'Install',
  restart: 'Restart to update',
  page: 'Download page',
  again: 'Try again',
  dismiss: 'Dismiss for now',
}
