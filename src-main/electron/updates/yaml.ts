/** Reads the small YAML files that electron-builder writes. */
import { FAILSAFE_SCHEMA, load } from 'js-yaml'
import type { z } from 'zod'

/**
 * Null where it is no YAML, or not of this shape. All values are text, lists or maps: no schema is known that makes numbers,
 * dates or code of them. References are never unfolded: what the shape does not name is not looked at.
 */
export function readYaml<Shape extends z.ZodType>(text: string, shape: Shape): z.output<Shape> | null {
  try {
    const read = shape.safeParse(load(text, { schema: FAILSAFE_SCHEMA }))
    return read.success ? read.data : null
  } catch {
    return null
  }
}
