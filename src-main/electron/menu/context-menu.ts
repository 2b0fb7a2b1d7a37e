/** The menu of a right click; Electron has none of its own. */
import { type BrowserWindow, type ContextMenuParams, clipboard, Menu, type MenuItemConstructorOptions } from 'electron'
import { externalAddress } from '../links/external-address.ts'
import { openOutside } from '../links/open-external.ts'

/** Shows the menu for what was clicked, if there is any item for it. */
export function offerContextMenu(window: BrowserWindow): void {
  window.webContents.on('context-menu', (_event, clicked) => {
    const items = contextItems(clicked)
    if (items.length > 0) Menu.buildFromTemplate(items).popup({ window })
  })
}

function contextItems(clicked: ContextMenuParams): MenuItemConstructorOptions[] {
  const { canCut, canCopy, canPaste } = clicked.editFlags
  if (clicked.isEditable) {
    return [
      { role: 'cut', enabled: canCut },
      { role: 'copy', enabled: canCopy },
      { role: 'paste', enabled: canPaste },
      { type: 'separator' },
      { role: 'selectAll' },
    ]
  }
  const address = externalAddress(clicked.linkURL)
  return [
    ...(clicked.selectionText.trim() === '' ? [] : [{ role: 'copy' } as const]),
    ...(address === null ? [] : linkItems(address)),
  ]
}

function linkItems(address: string): MenuItemConstructorOptions[] {
  return [
    { label: 'Open Link in Browser', click: () => void openOutside(address) },
    { label: 'Copy Link', click: () => clipboard.writeText(address) },
  ]
}
