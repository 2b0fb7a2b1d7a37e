/** The thread that makes MathML of TeX. It is ended where it takes too long. */
import { mathmlOf } from '../../../src-main/maths/mathml.ts'
import { answerQuestions } from '../../lib/workers/own-worker.ts'
import type { FormulasToMake } from './typeset.ts'

answerQuestions(({ formulas, longestMs }: FormulasToMake) => mathmlOf(formulas, () => performance.now(), longestMs))
