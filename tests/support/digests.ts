/** How each command about digests is done, to be taken back. */
import type { EngineClient } from '../../src-main/api/contract/rpc.ts'
import { anOutgoing, mailDeeds } from './mailboxes.ts'

type Deed = (world: { client: EngineClient }) => Promise<number | null>

const digestDeeds: Record<'followDigest' | 'setDigestMail' | 'stopDigestMail', Record<string, Deed>> = {
  setDigestMail: {
    'to another address': async ({ client }) =>
      (await client.setDigestMail({ ...anOutgoing, to: 'reader@harbour.example' })).undoId,
  },
  stopDigestMail: { '': async ({ client }) => (await client.stopDigestMail({})).undoId },
  followDigest: {
    'for the first time': async ({ client }) => (await client.followDigest({})).undoId,
    'that had been unsubscribed': async ({ client }) => {
      const { feedId } = await client.followDigest({})
      await client.unsubscribe({ feedIds: [feedId] })
      return (await client.followDigest({})).undoId
    },
  },
}

/** With those of mailboxes, for the table of all commands. */
export const laterDeeds = { ...mailDeeds, ...digestDeeds }
