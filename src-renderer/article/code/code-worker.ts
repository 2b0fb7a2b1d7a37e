/** The thread that reads code. It is ended where it takes too long. */
import { type Code, tokensOf } from './tokens.ts'

addEventListener('message', ({ data }: MessageEvent<{ number: number; codes: Code[] }>) => {
  postMessage({ number: data.number, tokens: data.codes.map(tokensOf) })
})
