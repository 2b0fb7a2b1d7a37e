/** The command line: `npm run -s broadsheet -- COMMAND ...`. Used by people and by checks, on the same engine. */
import { readCommand } from './cli/arguments.ts'
import { endQuietlyWhenNobodyReads, fail, print } from './cli/base/output.ts'
import { usage, version } from './cli/base/usage.ts'
import { runCommand } from './cli/commands.ts'
import { useCompileCache } from './host/compile-cache.ts'
import { useLookupThreads } from './host/lookup-threads.ts'

useLookupThreads()
useCompileCache()
endQuietlyWhenNobodyReads()
process.exitCode = await main(process.argv.slice(2))

/** 0 done, 1 something failed, 2 wrong usage. */
async function main(args: string[]): Promise<number> {
  const command = readCommand(args)
  if (command.kind === 'help') return print(usage)
  if (command.kind === 'version') return print(version)
  if (command.kind === 'wrong') return fail({ code: 'usage', message: command.text }, command.isJson, 2)
  return await runCommand(command)
}
