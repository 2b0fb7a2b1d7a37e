import { describe, expect, test } from 'vitest'
import { parseDate } from '../../../src-main/feeds/dates/dates.ts'

function seconds(text: string): string | null {
  return parseDate(text)?.replace('.000Z', 'Z') ?? null
}

describe('RFC 822 and 2822', () => {
  test.each([
    ['Sat, 07 Sep 2002 00:00:01 GMT', '2002-09-07T00:00:01Z'],
    ['07 Sep 2002 00:00 UT', '2002-09-07T00:00:00Z'],
    ['Sat, 7 September 2002 9:05:00 +0130', '2002-09-07T07:35:00Z'],
    ['Sat, 07 Sep 02 00:00:01 EST', '2002-09-07T05:00:01Z'],
    ['Tue, 07 Sep 71 00:00:01 Z', '1971-09-07T00:00:01Z'],
    ['Sat,07 Sep 2002 00:00:01 -0000', '2002-09-07T00:00:01Z'],
    ['Sat, 07 Sep 2002 23:59:60 GMT', '2002-09-08T00:00:00Z'],
    ['Sat, 07 Sep 2002 24:00:00 GMT', '2002-09-08T00:00:00Z'],
    ['Sat, 07 Sep 2002 10:00:00 GMT-03:00', '2002-09-07T13:00:00Z'],
    ['Sat, 07 Sep 2002', '2002-09-07T00:00:00Z'],
    // RFC 2822, 4.3: the military letters had their sign wrong in RFC 822 and mean nothing now.
    ['Sat, 07 Sep 2002 10:00:00 A', '2002-09-07T10:00:00Z'],
  ])('reads %s', (text, expected) => expect(seconds(text)).toBe(expected))
})

describe('RFC 3339, W3CDTF and ISO 8601', () => {
  test.each([
    ['2003-12-13T18:30:02Z', '2003-12-13T18:30:02Z'],
    ['2003-12-13T18:30:02.259999+01:00', '2003-12-13T17:30:02Z'],
    ['2003-12-13t18:30:02z', '2003-12-13T18:30:02Z'],
    ['2003-12-13T18:30-05:00', '2003-12-13T23:30:00Z'],
    ['2003-12-13 18:30:02', '2003-12-13T18:30:02Z'],
    ['2003-12-13', '2003-12-13T00:00:00Z'],
    ['2003-12', '2003-12-01T00:00:00Z'],
    ['2003', '2003-01-01T00:00:00Z'],
    ['20031213', '2003-12-13T00:00:00Z'],
    ['20031213T183002Z', '2003-12-13T18:30:02Z'],
    ['2003-347', '2003-12-13T00:00:00Z'],
    ['03347', '2003-12-13T00:00:00Z'],
  ])('reads %s', (text, expected) => expect(seconds(text)).toBe(expected))
})

describe('what publishers write besides', () => {
  test.each([
    ['Thu, 16. Juli 2020 - 15:54', '2020-07-16T15:54:00Z'],
    ['jeu., 16 juil. 2020 15:54:00 +0200', '2020-07-16T13:54:00Z'],
    ['mar, 1 déc 2020 10:00:00 GMT', '2020-12-01T10:00:00Z'],
    ['чт, 16 июл 2020 15:54:00 +0300', '2020-07-16T12:54:00Z'],
    ['July 16th, 2020, 3:54 PM EST', '2020-07-16T20:54:00Z'],
    ['16/07/2020 15:54', '2020-07-16T15:54:00Z'],
    ['07/16/20 15:54:01', '2020-07-16T15:54:01Z'],
    ['16.07.2020', '2020-07-16T00:00:00Z'],
    ['Thu, 16 Jul 2020 12:00:00 Europe/Berlin', '2020-07-16T10:00:00Z'],
    ['Thu Jul 16 15:54:00 PST 2020', '2020-07-16T23:54:00Z'],
    ['Thu Jul 16 15:54:00 -0700 2020', '2020-07-16T22:54:00Z'],
    ['16 de julio de 2020 15:54', '2020-07-16T15:54:00Z'],
    ['czw., 16 lip 2020 15:54:00 +0200', '2020-07-16T13:54:00Z'],
    ['2020-07-16 오후 3:54:00', '2020-07-16T06:54:00Z'],
    ['1594914840', '2020-07-16T15:54:00Z'],
    ['1594914840000', '2020-07-16T15:54:00Z'],
    ['2020년 07월 16일 15:54:00', '2020-07-16T06:54:00Z'],
    ['16. 7. 2020 15:54', '2020-07-16T15:54:00Z'],
    ['Thu, 16 Jul 2020 12:00 AT', '2020-07-16T16:00:00Z'],
    ['Nov. 2020', '2020-11-01T00:00:00Z'],
    ['November, 2020', '2020-11-01T00:00:00Z'],
    ['novembre 2020', '2020-11-01T00:00:00Z'],
    ['11/2020', '2020-11-01T00:00:00Z'],
    ['2020年11月', '2020-11-01T00:00:00Z'],
  ])('reads %s', (text, expected) => expect(seconds(text)).toBe(expected))
})

describe('a zone whose sign was lost on the way', () => {
  test.each([
    ['2026-11-25T10:00:00 0100', '2026-11-25T09:00:00Z'],
    ['2026-11-25T10:00:00 01:00', '2026-11-25T09:00:00Z'],
    ['2026-11-25T10:00:00.5 0530', '2026-11-25T04:30:00Z'],
    ['2026-11-25T10:00:00%2B01:00', '2026-11-25T09:00:00Z'],
    ['2026-11-25T10:00:00\u221205:00', '2026-11-25T15:00:00Z'],
    ['Wed, 25 Nov 2026 10:00:00 0100', '2026-11-25T09:00:00Z'],
    ['Wed, 25 Nov 2026 10:00 GMT 0100', '2026-11-25T09:00:00Z'],
    ['Wed, 25 Nov 2026 10:00:00 \u20130500', '2026-11-25T15:00:00Z'],
    // The C library's form, whose year comes last.
    ['Wed Nov 25 10:00:00 2026', '2026-11-25T10:00:00Z'],
  ])('is read: %s', (text, expected) => expect(seconds(text)?.replace('.500Z', 'Z')).toBe(expected))
})

describe('what is no date', () => {
  test.each([
    '',
    'yesterday',
    'Sat, 31 Feb 2002 10:00:00 GMT',
    '2003-13-01',
    '2003-02-30',
    'Sat, 07 Foo 2002',
    'March',
    'Monday 2020',
    '13/2020',
    '0000-00-00',
  ])('gives nothing for "%s"', text => expect(parseDate(text)).toBeNull())

  test('takes no time over a date of a megabyte', () => {
    expect(parseDate('1'.repeat(1_000_000))).toBeNull()
    expect(parseDate(`${'1 '.repeat(45)}x`)).toBeNull()
  })

  test('stays within years 1 to 9999', () => {
    expect(parseDate('+275761-01-01T00:00:00Z')).toBeNull()
    expect(parseDate('0001-01-01T00:00:00+01:00')).toBeNull()
  })
})
