/** `seed.ts FOLDER FARM ARTICLES`: fills a database in a process of its own, which a power cut can then be simulated for. */
import { seed } from './world.ts'

const [dataDir = '', url = '', articles = '0'] = process.argv.slice(2)
seed(dataDir, url, Number(articles))
