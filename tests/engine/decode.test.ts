import { describe, expect, test } from 'vitest'
import { decode } from '../../src-main/engine/feeds/decode.ts'

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
