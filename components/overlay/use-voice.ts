import { useEffect, useState } from 'react';

/** The voice of this computer for a language; undefined where it has none. One on the network would take the text along. */
function voiceFor(lang: string): SpeechSynthesisVoice | undefined {
  const voices = globalThis.speechSynthesis?.getVoices() ?? [];
  const language = lang.split('-', 1)[0]?.toLowerCase();
  // zh-Hant is spoken by zh-TW and zh-HK, zh-Hans by zh-CN.
  const regions: Record<string, RegExp> = { 'zh-hant': /-(?:TW|HK|MO)\b/i, 'zh-hans': /-(?:CN|SG)\b/i };
  const region = regions[lang.toLowerCase()];
  const own = voices.filter(
    (voice) => voice.localService && voice.lang.replace('_', '-').toLowerCase().split('-', 1)[0] === language,
  );
  return own.find((voice) => !region || region.test(voice.lang.replace('_', '-'))) ?? own[0];
}

/** Reads a text aloud; undefined where no voice of this computer speaks its language. */
export function useVoice(lang: string): { isSpeaking: boolean; toggle: (text: string) => void } | undefined {
  const [voice, setVoice] = useState(() => voiceFor(lang));
  const [isSpeaking, setSpeaking] = useState(false);
  useEffect(() => {
    const look = () => setVoice(voiceFor(lang));
    look();
    // Browsers list their voices a moment after they are asked first.
    globalThis.speechSynthesis?.addEventListener?.('voiceschanged', look);
    return () => {
      globalThis.speechSynthesis?.removeEventListener?.('voiceschanged', look);
      globalThis.speechSynthesis?.cancel();
    };
  }, [lang]);
  if (!voice) return undefined;
  return {
    isSpeaking,
    toggle(text) {
      speechSynthesis.cancel();
      if (isSpeaking) return setSpeaking(false);
      const said = new SpeechSynthesisUtterance(text);
      said.voice = voice;
      said.lang = voice.lang;
      said.onend = () => setSpeaking(false);
      said.onerror = () => setSpeaking(false);
      setSpeaking(true);
      speechSynthesis.speak(said);
    },
  };
}
