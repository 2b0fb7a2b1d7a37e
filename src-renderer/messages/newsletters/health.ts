/** A newsletter’s details: who sends it, and how the mailboxes are that it comes by. */
export const words = {
  fine: 'Its mailbox was well when it was last looked at.',
  noMailbox: 'No mailbox is looked at any more, so nothing new comes of it.',
  allFailing: 'None of your mailboxes can be read at the moment, so nothing new comes of it.',
  notLooked: 'The mailbox has not been looked at yet.',
  senders: 'Sent by',
  mailbox: 'Mailbox',
  mailboxes: 'Mailboxes',
  waiting: 'On its way',
  last: 'Last message',
  change: 'Change mailbox…',
  changeOf: (address: string): string => `Change mailbox ${address}…`,
}
