/** Which of the system's voices reads. */

/** Voices of a service are none of the system's: what they read, they send there. */
export function ownVoices(speech: SpeechSynthesis | undefined): SpeechSynthesisVoice[] {
  return speech?.getVoices().filter(voice => voice.localService) ?? []
}

/** For a language in BCP 47: the same tag, else the same language, else the system's own voice. */
export function voiceFor(voices: SpeechSynthesisVoice[], language: string): SpeechSynthesisVoice | null {
  const wanted = tagOf(language)
  const [base] = wanted.split('-')
  const ofLanguage = voices.filter(voice => wanted !== '' && tagOf(voice.lang).split('-')[0] === base)
  const same = ofLanguage.filter(voice => tagOf(voice.lang) === wanted)
  const best = [same, ofLanguage, voices].find(some => some.length > 0) ?? []
  return best.find(voice => voice.default) ?? best[0] ?? null
}

/** Android writes 'en_US'. */
function tagOf(language: string): string {
  return language.replaceAll('_', '-').toLowerCase()
}
