/** The zod shapes of what the contract says of stories. */
import { z } from 'zod'
import { once } from '../once.ts'
import { id } from '../shapes.ts'

/** 'same': two articles are about one event. 'apart': an article is not about what its story is about. */
export const correction = once(() =>
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('same'), articleId: id, otherId: id }),
    z.strictObject({ kind: z.literal('apart'), articleId: id, storyId: id }),
  ]),
)

/** What was decided of stories, in an exported archive. */
export const exportedDecision = once(() =>
  z.object({
    id: z.string().min(8).max(60),
    kind: z.enum(['same', 'apart', 'follow']),
    decidedAt: z.iso.datetime(),
    articles: z
      .array(
        z.object({
          feedUrl: z.string().max(4_096),
          keys: z
            .array(z.object({ kind: z.enum(['guid', 'link', 'print', 'title']), key: z.string().max(4_096) }))
            .max(50),
        }),
      )
      .min(1)
      .max(500),
  }),
)
