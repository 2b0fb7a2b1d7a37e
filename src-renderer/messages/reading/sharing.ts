/** Sharing an article by addresses of the user's own. */
import { programNames } from '../../../src-main/api/names/share-template.ts'

export const words = {
  with: (name: string) => `Share: ${name}`,
  title: 'Sharing',
  intro: 'Each of these is in the article’s menu. Broadsheet opens the address, and sends nothing itself.',
  none: 'No address yet.',
  name: 'Name',
  address: 'Address',
  add: 'Add',
  other: 'Another…',
  up: (name: string) => `Move ${name} up`,
  down: (name: string) => `Move ${name} down`,
  remove: (name: string) => `Remove ${name}`,
  hint: '{url}, {title} and {source} stand for those of the article.',
  noName: 'It needs a name.',
  ownServer: 'Put the name of your own server here.',
  problems: {
    empty: 'It needs an address.',
    'no-address': 'This is no address. It begins like https://server.example/, and its server stands there in full.',
    scheme: `Only https, mailto and these programs can be opened: ${programNames}.`,
    'no-placeholder': 'It needs {url}, {title} or {source}, or every article would be shared as the same.',
  },
  tooLong: 'The address would be too long, so nothing was opened.',
}
