/** Runs a tool of the system, which says on its own what went wrong. */
import { run } from '../../lib/run.mjs'

export async function runTool(program, args) {
  const { code, output } = await run(program, args, { quiet: true })
  if (code !== 0) throw new Error(`${program} ended with ${code}:\n${output}`)
  return output
}
