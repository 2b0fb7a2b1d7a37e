/** Sounds made on the spot, so that tests need no files and nobody's recordings. */

const rate = 8_000

/** A WAV file of so many seconds of silence: 8 bits, one channel. */
export function silence(seconds: number): Buffer {
  const length = rate * seconds
  return Buffer.concat([waveHeader(length), Buffer.alloc(length, 128)])
}

/** The beginning of such a file, with so many bytes of sound after it. */
export function waveHeader(length: number): Buffer {
  const header = Buffer.alloc(44)
  header.write('RIFF', 0)
  header.writeUInt32LE(36 + length, 4)
  header.write('WAVEfmt ', 8)
  header.writeUInt32LE(16, 16)
  // PCM, one channel, bytes a second, bytes and bits a sample.
  header.writeUInt16LE(1, 20)
  header.writeUInt16LE(1, 22)
  header.writeUInt32LE(rate, 24)
  header.writeUInt32LE(rate, 28)
  header.writeUInt16LE(1, 32)
  header.writeUInt16LE(8, 34)
  header.write('data', 36)
  header.writeUInt32LE(length, 40)
  return header
}

/** The beginning of an MP3 whose ID3 tag (v2.3) has these chapters: frames CHAP, as id3v2-chapters-1.0 has them. */
export function taggedWithChapters(chapters: { start: number; title: string }[], padding = 0): Buffer {
  const frames = chapters.map(({ start, title }, index) => {
    const times = Buffer.alloc(16, 0xff)
    times.writeUInt32BE(start * 1_000, 0)
    times.writeUInt32BE((chapters[index + 1]?.start ?? start + 60) * 1_000, 4)
    const name = frame('TIT2', Buffer.concat([Buffer.from([0]), Buffer.from(title, 'latin1')]))
    return frame('CHAP', Buffer.concat([Buffer.from(`chp${index}\0`), times, name]))
  })
  const body = Buffer.concat([...frames, Buffer.alloc(padding)])
  const size = [21, 14, 7, 0].map(shift => (body.length >> shift) & 127)
  return Buffer.concat([Buffer.from('ID3'), Buffer.from([3, 0, 0, ...size]), body])
}

function frame(id: string, body: Buffer): Buffer {
  const header = Buffer.alloc(10)
  header.write(id, 'latin1')
  header.writeUInt32BE(body.length, 4)
  return Buffer.concat([header, body])
}
