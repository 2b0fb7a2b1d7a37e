/** `seed.ts FOLDER FARM ARTICLES`: a process of its own, so that what it writes can be cut off from power as well. */
import { seed } from './world.ts'

const [dataDir = '', url = '', articles = '0'] = process.argv.slice(2)
seed(dataDir, url, Number(articles))
