/** Reads an article aloud by a voice of the system, sentence by sentence. */
import type { Sentence } from './sentences.ts'
import { ownVoices, voiceFor } from './voices.ts'

export const rates = [0.75, 1, 1.25, 1.5, 1.75, 2] as const

type Reading = { sentences: Sentence[]; at: number; isPaused: boolean }

export class ReadAloud {
  reading = $state.raw<Reading | null>(null)
  rate = $state(1)
  /** Without any, nothing is offered. Some browsers know their voices only after a while. */
  hasVoices = $state(false)
  readonly #speech: SpeechSynthesis | undefined
  /** Called with the sentence that is being read, and with null at the end. */
  readonly #onsentence: (sentence: Sentence | null) => void
  #language = ''
  /** The utterance that counts: those that were cancelled end, too. */
  #current: SpeechSynthesisUtterance | null = null

  constructor(speech: SpeechSynthesis | undefined, onsentence: (sentence: Sentence | null) => void) {
    this.#speech = speech
    this.#onsentence = onsentence
    const look = () => (this.hasVoices = ownVoices(speech).length > 0)
    speech?.addEventListener('voiceschanged', look)
    look()
  }

  begin(sentences: Sentence[], language: string): void {
    if (sentences.length === 0) return
    this.#language = language
    this.#read({ sentences, at: 0, isPaused: false })
  }

  /** Pausing cancels, and going on begins the sentence anew: Chromium forgets a pause of some seconds. */
  toggle(): void {
    const { reading } = this
    if (reading) this.#read({ ...reading, isPaused: !reading.isPaused })
  }

  step(by: 1 | -1): void {
    const { reading } = this
    if (!reading) return
    const at = reading.at + by
    if (at >= reading.sentences.length) this.stop()
    else this.#read({ ...reading, at: Math.max(0, at) })
  }

  setRate(rate: number): void {
    this.rate = rate
    if (this.reading) this.#read(this.reading)
  }

  stop(): void {
    if (!this.reading) return
    this.#silence()
    this.reading = null
    this.#onsentence(null)
  }

  #silence(): void {
    this.#current = null
    this.#speech?.cancel()
  }

  #read(reading: Reading): void {
    this.#silence()
    this.reading = reading
    const sentence = reading.sentences[reading.at]
    if (!sentence) return
    this.#onsentence(sentence)
    if (!reading.isPaused) this.#speak(sentence.text)
  }

  #speak(text: string): void {
    const voice = voiceFor(ownVoices(this.#speech), this.#language)
    // They may have been taken away meanwhile.
    if (!voice) {
      this.stop()
      return
    }
    const utterance = new SpeechSynthesisUtterance(text)
    utterance.voice = voice
    utterance.lang = voice.lang
    utterance.rate = this.rate
    utterance.addEventListener('end', () => this.#current === utterance && this.step(1))
    utterance.addEventListener('error', () => this.#current === utterance && this.stop())
    this.#current = utterance
    this.#speech?.speak(utterance)
  }
}
