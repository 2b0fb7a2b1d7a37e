/** The configuration as electron-builder asks for it. */
import { packagingConfig } from './config.mjs'

export default packagingConfig()
