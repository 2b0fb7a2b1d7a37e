/**
 * Property tests run the same cases each time: one that chance finds belongs among the tests by itself, and not in a run that
 * has nothing to do with it. `PROPERTY_SEED=2 npx vitest ...` looks at others.
 */
import fc from 'fast-check'

fc.configureGlobal({ seed: Number(process.env.PROPERTY_SEED ?? 1) })
