import { describe, expect, test } from 'vitest'
import { decode } from '../../../src-main/feeds/formats/decode.ts'

const word = 'Čeština – “žluťoučký”'

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

function utf16(text: string, littleEndian: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(text.length * 2))
  for (let at = 0; at < text.length; at++) view.setUint16(at * 2, text.charCodeAt(at), littleEndian)
  return new Uint8Array(view.buffer)
}

function utf32(text: string, littleEndian: boolean): Uint8Array {
  const codes = [...text].map(character => character.codePointAt(0) ?? 0)
  const view = new DataView(new ArrayBuffer(codes.length * 4))
  for (const [at, code] of codes.entries()) view.setUint32(at * 4, code, littleEndian)
  return new Uint8Array(view.buffer)
}

/** Bytes of text that has only characters up to U+00FF. */
function latin1(text: string): Uint8Array {
  return Uint8Array.from(text, character => character.charCodeAt(0))
}

function textOf(bytes: Uint8Array, contentType: string | null = null): string {
  const decoded = decode(bytes, contentType)
  if (!decoded.ok) throw new Error(JSON.stringify(decoded.failure))
  return decoded.text
}

describe('a byte order mark or the shape of the bytes decides first', () => {
  test('UTF-8 with one, two and no mark', () => {
    expect(textOf(utf8(`\ufeff<a>${word}`), 'text/xml; charset=iso-8859-1')).toBe(`<a>${word}`)
    expect(textOf(utf8(`\ufeff\ufeff<a>${word}`))).toBe(`<a>${word}`)
    expect(textOf(utf8(`<a>${word}`))).toBe(`<a>${word}`)
  })

  test.each([true, false])('UTF-16 and UTF-32, with and without a mark (little endian: %s)', littleEndian => {
    for (const encode of [utf16, utf32]) {
      expect(textOf(encode(`\ufeff<a>${word}`, littleEndian))).toBe(`<a>${word}`)
      expect(textOf(encode(`<a>${word}`, littleEndian), 'text/xml; charset=utf-8')).toBe(`<a>${word}`)
    }
  })

  test('NUL bytes before the text are damage, not UTF-32', () => {
    expect(textOf(utf8('\0\0\0<?xml version="1.0"?><a>'))).toContain('<a>')
  })

  test('an odd byte at the end of UTF-16 costs only itself', () => {
    expect(textOf(utf16('\ufeff<a>b</a>', true).slice(0, -1))).toContain('<a>b</a')
  })
})

describe('then HTTP, then the XML declaration', () => {
  const cyrillic = Uint8Array.from([...latin1('<?xml version="1.0"?><a>'), 0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2])

  test('HTTP names the charset, in any case and with quotes', () => {
    expect(textOf(cyrillic, 'text/xml; Charset="Windows-1251"')).toContain('Привет')
  })

  test('HTTP wins over the declaration', () => {
    const bytes = Uint8Array.from([
      ...latin1('<?xml version="1.0" encoding="koi8-r"?><a>'),
      0xcf,
      0xf0,
      0xe8,
      0xe2,
      0xe5,
      0xf2,
    ])
    expect(textOf(bytes, 'text/xml; charset=windows-1251')).toContain('Привет')
  })

  test('the declaration is used where HTTP is silent or unknown', () => {
    const bytes = latin1(`<?xml version='1.0' encoding='ISO-8859-2'?><a>\xc8e\xb9tina`)
    expect(textOf(bytes)).toContain('Čeština')
    expect(textOf(bytes, 'text/xml; charset=none-such')).toContain('Čeština')
  })

  test('Latin 1 is read as windows-1252, which is what is meant', () => {
    expect(textOf(latin1('<a>\x93x\x94'), 'text/xml; charset=iso-8859-1')).toBe('<a>“x”')
  })

  test("a server's default of Latin 1 does not spoil valid UTF-8", () => {
    expect(textOf(utf8(`<a>${word}`), 'text/xml; charset=iso-8859-1')).toBe(`<a>${word}`)
  })

  test('escape sequences of ISO-2022-JP are ASCII to UTF-8, and still Japanese', () => {
    const bytes = Uint8Array.from([...latin1('<a>'), 0x1b, 0x24, 0x42, 0x46, 0x7c, 0x4b, 0x5c, 0x1b, 0x28, 0x42])
    expect(textOf(bytes, 'text/xml; charset=iso-2022-jp')).toBe('<a>日本')
  })

  test.each(['cp1251', 'windows_1251', 'WINDOWS-1251'])('names outside the standard are understood: %s', label => {
    expect(textOf(cyrillic, `text/xml; charset=${label}`)).toContain('Привет')
  })
})

describe('bytes that contradict their charset', () => {
  test('windows-1252 that calls itself UTF-8 is read as windows-1252', () => {
    expect(
      textOf(latin1('<?xml version="1.0" encoding="utf-8"?><a>\x93caf\xe9\x94'), 'text/xml; charset=utf-8'),
    ).toContain('“café”')
  })

  test('UTF-8 with a broken sequence stays UTF-8', () => {
    const bytes = Uint8Array.from([...utf8(`<a>${word}`), 0xff, ...utf8('</a>')])
    expect(textOf(bytes, 'text/xml; charset=utf-8')).toBe(`<a>${word}\ufffd</a>`)
  })

  test.each([
    'iso-8859-1',
    'windows-1252',
    'us-ascii',
    'windows-1251',
    'koi8-r',
    'iso-8859-15',
    'gbk',
    'shift_jis',
    'euc-kr',
  ])('UTF-8 with several letters is UTF-8, although the document says %s', charset => {
    const declaration = `<?xml version="1.0" encoding="${charset}"?>`
    const text = `${declaration}<title>Café – “été” naïve</title><p>日本語のニュース</p>`
    expect(textOf(utf8(text))).toBe(text)
    expect(textOf(utf8(text), `text/xml; charset=${charset}`)).toBe(text)
  })

  test('one pair of letters that happens to be UTF-8 is what was declared', () => {
    const text = '<?xml version="1.0" encoding="iso-8859-1"?><a>«\u00a0RÉPUBLIQUE\u00a0»</a><b>LIBERTÉ»</b>'
    expect(textOf(latin1(text))).toBe(text)
    const euro = '<?xml version="1.0" encoding="windows-1252"?><a>Euro â‚¬</a>'
    expect(textOf(utf8('<?xml version="1.0" encoding="windows-1252"?><a>Euro €</a>'))).toBe(euro)
    const quoted = '<?xml version="1.0" encoding="iso-8859-1"?><a>What is Ã©?</a>'
    expect(textOf(latin1(quoted))).toBe(quoted)
  })

  test('a sentence of a set of single or double bytes is not taken for UTF-8', () => {
    const french = '<?xml version="1.0" encoding="iso-8859-1"?><a>L’été déjà passé à la plage, Ã© et Ã¨'.replace(
      '’',
      "'",
    )
    expect(textOf(latin1(french))).toBe(french)
    const gbk = [0xd6, 0xd0, 0xb9, 0xfa, 0xd0, 0xc2, 0xce, 0xc5]
    const chinese = Uint8Array.from([...latin1('<?xml version="1.0" encoding="gb2312"?><a>'), ...gbk])
    expect(textOf(chinese)).toContain('中国新闻')
  })

  test('UTF-8 that was cut inside a letter is UTF-8 in spite of another declaration', () => {
    const text = `<?xml version="1.0" encoding="iso-8859-1"?><a>${word.repeat(3)}`
    expect(textOf(utf8(`${text}é`).slice(0, -1))).toBe(`${text}\ufffd`)
  })

  test('UTF-8 with one letter is UTF-8 where nothing says otherwise', () => {
    const text = '<?xml version="1.0" encoding="utf-8"?><a>Café</a>'
    expect(textOf(utf8(text), 'text/xml; charset=iso-8859-1')).toBe(text)
    expect(textOf(utf8('<a>Café</a>'), 'text/xml; charset=us-ascii')).toBe('<a>Café</a>')
    const contradicted = text.replace('utf-8', 'iso-8859-1')
    expect(textOf(utf8(contradicted), 'text/xml; charset=utf-8')).toBe(contradicted)
  })

  test.each(['iso-8859-1', 'utf-8', 'us-ascii', 'windows-1252'])(
    "the document's declaration beats %s, which servers send unasked",
    charset => {
      const declaration = latin1('<?xml version="1.0" encoding="windows-1251"?><a>')
      const bytes = Uint8Array.from([...declaration, 0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2])
      expect(textOf(bytes, `text/xml; charset=${charset}`)).toContain('Привет')
    },
  )

  test('a page may say it in an element of its own', () => {
    const head = latin1(
      '<!DOCTYPE html><html><head><meta http-equiv="content-type" content="text/html; charset=koi8-r"><p>',
    )
    expect(textOf(Uint8Array.from([...head, 0xf0, 0xd2, 0xc9]))).toContain('При')
  })

  test('a mark of UTF-16 before single bytes is passed over', () => {
    expect(textOf(Uint8Array.from([0xff, 0xfe, ...utf8('<?xml version="1.0"?><a>b')]))).toContain('<a>b')
  })

  test('a declaration of UTF-16 in ASCII bytes is not believed', () => {
    expect(textOf(utf8(`<?xml version="1.0" encoding="utf-16"?><a>${word}`), 'text/xml; charset=utf-16')).toContain(
      word,
    )
  })
})

test('EBCDIC is a failure that says so', () => {
  expect(decode(Uint8Array.from([0x4c, 0x6f, 0xa7, 0x94, 0x93]), null)).toEqual({
    ok: false,
    failure: { reason: 'encoding', charset: 'ebcdic' },
  })
})

test('nothing at all decodes to nothing', () => {
  expect(textOf(new Uint8Array())).toBe('')
})
