/** What answers the contract's calls. */
import type { Name } from '../../api/contract.ts'

/** The second argument stands for the window that asks. */
export type AnyHandlers = { [N in Name]: (input: never, window: object) => unknown }
