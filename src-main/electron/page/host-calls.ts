/** Answers what a window asks of the main process: input checked once, here; errors cross as codes. */
import type { CallFailure } from '../../api/contract/rpc.ts'
import { serve } from '../../api/contract/rpc.ts'
import type { HostHandlers, HostName } from '../../api/host/calls.ts'
import type { Port } from '../../api/ports.ts'

/** The window's words are for the engine's codes. */
const failureOf = (error: unknown): CallFailure => ({
  code: 'internal',
  detail: error instanceof Error ? error.message : String(error),
})

export function serveHostCalls(port: Port, handlers: HostHandlers): void {
  const checked = Object.entries(handlers).map(([name, handle]) => [
    name,
    async (input: unknown) => {
      // No window waits for zod at a start.
      const { hostInputs } = await import('../../api/host/calls.ts')
      // Types can't say of a table that each handler meets its own input.
      return (handle as (input: unknown) => unknown)(hostInputs[name as HostName].parse(input))
    },
  ])
  serve(port, Object.fromEntries(checked), failureOf)
}
