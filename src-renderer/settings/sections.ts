/** The sections of the settings, in their order. */
import type { IconName } from '../ui/icons/icons.ts'

export const settingsSections = ['appearance', 'reading', 'keeping', 'storage', 'backups', 'data', 'about'] as const
export type SettingsSection = (typeof settingsSections)[number]

export const sectionIcons: Record<SettingsSection, IconName> = {
  appearance: 'sun',
  reading: 'book',
  keeping: 'hourglass',
  storage: 'disk',
  backups: 'shield',
  data: 'export',
  about: 'info',
}
