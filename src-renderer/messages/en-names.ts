/** The words for names that are typed instead of an address, and for the catalogue in the add dialog. */
import type { NamedSite } from '../../src-main/api/names/typed-names.ts'
import { some } from './en-dialogs.ts'

const sites: Record<NamedSite, string> = {
  youtube: 'YouTube',
  medium: 'Medium',
  reddit: 'Reddit',
  mastodon: 'Mastodon',
  bluesky: 'Bluesky',
  github: 'GitHub',
}

export const nameWords = {
  place: (site: NamedSite, name: string): string => `${sites[site]}: ${name}`,
  places: 'Where to look',
  found: (count: number): string => `In the catalogue: ${some(count, 'feed', 'feeds')}`,
  guesses: (name: string): string => `Nothing in the catalogue is called “${name}”. Did you mean one of these?`,
  notFound: 'Nothing of that name is in the catalogue. The address of its site leads further.',
  legend: 'Feeds of the catalogue',
  alsoChosen: 'Also chosen',
  followed: 'You follow this',
  goThere: 'Go there',
  look: 'Preview',
  looking: 'Looking…',
  hideLook: 'Hide',
  lookAt: (title: string): string => `Preview ${title}`,
  browse: 'Browse the catalogue',
  hide: 'Hide the catalogue',
  catalogue: 'Catalogue',
  noCatalogue: 'The catalogue could not be opened.',
  tryHost: (host: string): string => `Look at ${host}`,
}
