/** The thread that reads code. It is ended where it takes too long. */
import { answerQuestions } from '../../lib/workers/own-worker.ts'
import { type Code, tokensOf } from './tokens.ts'

answerQuestions((codes: Code[]) => codes.map(tokensOf))
