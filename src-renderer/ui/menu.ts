/** What a menu offers. */
import type { IconName } from './icons/icons.ts'

export type MenuItem =
  | {
      label: string
      icon?: IconName
      keys?: string
      isDanger?: boolean
      isDisabled?: boolean
      isChecked?: boolean
      /** Indents a nested choice. */
      level?: number
      run: () => void
    }
  | 'rule'

/** Where a menu hangs: a point, or below (or above) the box it belongs to. */
type MenuPlace = { x: number; y: number; top?: number }
export type OpenMenu = { label: string; items: MenuItem[]; place: MenuPlace }

/** Under an element, for a menu opened from a button or by the keyboard. */
export function placeUnder(element: Element): MenuPlace {
  const box = element.getBoundingClientRect()
  return { x: box.left, y: box.bottom + 2, top: box.top - 2 }
}
