/** Given to Node by --import: from then on `electron` is the stand-in beside this file. */
import { standInFor } from './hook.ts'

standInFor('electron.ts')
