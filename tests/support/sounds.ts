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
