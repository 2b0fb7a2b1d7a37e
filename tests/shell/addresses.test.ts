import { describe, expect, test } from 'vitest'
import { externalAddress } from '../../src-main/electron/links/external-address.ts'
import { addressesIn } from '../../src-main/electron/links/links.ts'
import { corpora } from '../support/corpora.ts'
import { xssVectors } from '../support/xss-vectors.ts'

describe('out of the program goes', () => {
  test.each([
    ['https://example.com/a?b=1#c', 'https://example.com/a?b=1#c'],
    ['HTTP://EXAMPLE.com', 'http://example.com/'],
    ['mailto:a@example.com', 'mailto:a@example.com'],
    [
      'mailto:a@example.com?subject=On%20time&cc=b@example.com',
      'mailto:a@example.com?subject=On%20time&cc=b%40example.com',
    ],
    ['mailto:a@example.com?attach=/etc/passwd&body=x&Subject=Hi', 'mailto:a@example.com?Subject=Hi'],
  ])('%s as %s', (raw, address) => {
    expect(externalAddress(raw)).toBe(address)
  })
})

const dangerous = [
  ...[
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    ' javascript:alert(1)',
    'java\nscript:alert(1)',
    'vbscript:x',
    'data:text/html,x',
  ],
  ...[
    'file:///etc/passwd',
    'file://server/share/a.exe',
    'FILE:/c:/windows',
    '\\\\server\\share\\a.exe',
    '//server/share',
  ],
  ...[
    'ms-msdt:/id PCWDiagnostic',
    'search-ms:query=x&crumb=location:\\\\evil',
    'ms-officecmd:{}',
    'ms-settings:',
    'shell:startup',
  ],
  ...[
    'smb://evil/share',
    'ftp://evil/a',
    'sftp://evil',
    'telnet://evil',
    'ssh://evil',
    'vnc://evil',
    'rdp://evil',
    'ldap://evil',
  ],
  ...[
    'vscode://file/etc/passwd',
    'vscode-insiders://x',
    'jetbrains://x',
    'steam://run/1',
    'zoommtg://x',
    'slack://x',
    'tg://x',
  ],
  ...[
    'blob:https://example.com/1',
    'about:blank',
    'chrome://settings',
    'view-source:https://example.com',
    'app://broadsheet/',
    'ws://x',
  ],
  ...[
    'intent://x#Intent;end',
    'market://x',
    'itms-services://?action=download',
    'x-apple.systempreferences:',
    'help:x',
    'dict://x',
  ],
  ...[
    'https://bank.example@evil.example/',
    'https://user:pass@example.com/',
    'https://',
    'http:///',
    'example.com',
    '',
    ':',
    'https',
  ],
  `https://example.com/${'a'.repeat(2_100)}`,
  `mailto:${'a'.repeat(2_100)}@example.com`,
]

test.each(dangerous)('%j never leaves', raw => {
  expect(externalAddress(raw)).toBeNull()
})

describe('among the arguments', () => {
  test.each([
    ['feed:https://example.com/rss', 'https://example.com/rss'],
    ['feed://example.com/rss', 'http://example.com/rss'],
    ['feed://https://example.com/rss', 'https://example.com/rss'],
    ['FEED:HTTPS://example.com/rss', 'https://example.com/rss'],
    ['feeds://example.com/rss', 'https://example.com/rss'],
    ['feeds:https://example.com/rss', 'https://example.com/rss'],
    ['feeds:http://example.com/rss', 'https://example.com/rss'],
    ['feeds://http://example.com/rss', 'https://example.com/rss'],
    ['broadsheet:add?url=https%3A%2F%2Fexample.com%2Frss', 'https://example.com/rss'],
    ['broadsheet://add?url=http://example.com/', 'http://example.com/'],
  ])('%s asks for %s', (link, address) => {
    expect(addressesIn(['program', link])).toEqual([address])
  })

  test.each([
    ...[
      '--inspect',
      '--inspect-brk=9229',
      '--remote-debugging-port=1',
      '--user-data-dir=/tmp/x',
      '--no-sandbox',
      '--renderer-cmd-prefix=sh',
    ],
    ...[
      '--gpu-launcher=sh',
      '--load-extension=/x',
      '-e',
      '-r',
      '--require',
      '/etc/passwd',
      'C:\\x.exe',
      '.',
      '..',
      '',
      ' ',
      '""',
      "'",
    ],
    ...[
      'https://example.com/rss',
      'file:///etc/passwd',
      'javascript:alert(1)',
      'feed:',
      'feed://',
      'feed:file:///etc/passwd',
    ],
    ...[
      'feed:javascript:alert(1)',
      'feed:feed:https://example.com',
      'feed: ',
      'feed:example.com',
      '--feed:https://example.com',
    ],
    ...[
      ' feed:https://example.com',
      'xfeed:https://example.com',
      'broadsheet:',
      'broadsheet:add',
      'broadsheet:add?url=',
      'broadsheet:add?url=x',
    ],
    ...[
      'broadsheet:add?url=file:///etc/passwd',
      'broadsheet:add?u=https://example.com',
      'feeds:',
      'feeds://',
      'feeds:file:///etc/passwd',
      'feeds:example.com',
      'feeds:javascript:alert(1)',
      'feedss://example.com',
      '"feeds://example.com',
      'feeds://example.com\0" --inspect',
      `feed:https://example.com/${'a'.repeat(5_000)}`,
    ],
  ])('%j asks for nothing', argument => {
    expect(addressesIn([argument])).toEqual([])
  })
})

test.each(corpora('xss'))('every hostile link $name leaves only as http, https or mailto', corpus => {
  const html = xssVectors(corpus).map(vector => vector.html)
  // Every quoted value of such an attribute: far more than links, and none of them friendly.
  const values = [...html.join('\n').matchAll(/(?:href|src|action)=["']([^"']{1,500})/gi)].map(match => match[1]!)
  const addresses = values.map(externalAddress).filter(address => address !== null)

  expect(values.length).toBeGreaterThan(50)
  expect(addresses.filter(address => !/^(?:https?|mailto):/.test(address))).toEqual([])
})
