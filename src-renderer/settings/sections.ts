/** The sections of the settings, in their order. */
import type { SettingsSection } from '../state/dialogs.svelte.ts'
import type { IconName } from '../ui/icons/icons.ts'

export const sectionIcons: Record<SettingsSection, IconName> = {
  appearance: 'sun',
  reading: 'book',
  newsletters: 'mail',
  digest: 'front-page',
  sharing: 'external',
  desktop: 'system',
  keeping: 'hourglass',
  storage: 'disk',
  backups: 'shield',
  data: 'export',
  about: 'info',
}

export const settingsSections = Object.keys(sectionIcons) as SettingsSection[]
