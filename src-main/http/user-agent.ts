/** What every server is told of us: name, version and where to complain (RFC 9110, 10.1.5). */
import project from '../../package.json' with { type: 'json' }

export const userAgent = `Broadsheet/${project.version} (+https://github.com/broadsheet-reader/broadsheet)`
