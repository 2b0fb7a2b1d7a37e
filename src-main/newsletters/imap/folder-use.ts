/** What a folder is for, from its special-use attribute (RFC 6154). */
import type { MailFolder } from '../../api/mail/model.ts'

const uses: Record<string, MailFolder['use']> = {
  '\\Inbox': 'inbox',
  '\\All': 'all',
  '\\Archive': 'archive',
  '\\Junk': 'junk',
  '\\Sent': 'sent',
  '\\Drafts': 'drafts',
  '\\Trash': 'trash',
}

export function folderUse(attribute: string | undefined): MailFolder['use'] {
  return (attribute && uses[attribute]) || null
}
