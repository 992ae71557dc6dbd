import type { Token } from 'marked';
import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { getLanguage, languages } from '@/utils/i18n';
import { useAnswerSources } from '../sources-context';
import { blockDirection, blockLanguage } from './text-language';
import { tellingText } from './token-text';

/** Language and direction of the text around. */
export interface TextAttributes {
  lang?: string;
  dir?: 'ltr' | 'rtl';
}

const AttributesContext = createContext<TextAttributes>({});
export const AnswerLanguage = createContext<string | undefined>(undefined);

export const useTextAttributes = (): TextAttributes => useContext(AttributesContext);

/**
 * Says in which language and direction these words are, to elements (as attributes) and to what stands inside. What
 * has no letters of its own takes both from around it.
 */
export function TextScope({
  tokens,
  children,
}: {
  tokens: Token[] | undefined;
  children: (attributes: TextAttributes) => ReactNode;
}) {
  const around = useTextAttributes();
  const answer = useContext(AnswerLanguage);
  const sources = useAnswerSources();
  const text = tellingText(tokens);
  const ui = languages[getLanguage()].tag;
  const attributes = useMemo<TextAttributes>(() => {
    const hints = {
      answer,
      sources: sources.map(({ source }) => source.lang ?? ''),
      interface: ui,
    };
    const surrounding = around.lang ?? answer ?? ui;
    // Latin words of a language that is not told are at least not Chinese.
    const unknown =
      /\p{sc=Latin}{2}/u.test(text) && /^(?:zh|ja|ko|ar|he|fa)/.test(surrounding) ? 'und' : around.lang;
    return {
      lang: blockLanguage(text, hints) ?? unknown,
      dir: blockDirection(text) ?? around.dir,
    };
  }, [text, answer, sources, ui, around]);
  return <AttributesContext value={attributes}>{children(attributes)}</AttributesContext>;
}
