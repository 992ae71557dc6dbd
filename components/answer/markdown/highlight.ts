import { createCssVariablesTheme, createHighlighterCore, type GrammarState } from 'shiki/core';
import { createJavaScriptRegexEngine } from 'shiki/engine/javascript';
import type { ColouredLine } from '@/utils/chat/code-colours';
import { grammars } from './code-grammars';
import { codeLanguage } from './code-languages';

/** Colours code. It runs in a worker: the first lines of a language take half a second, and hostile ones more. */

/** Milliseconds between two looks at whether the colours are still wanted. */
const slice = 8;
/** Lines that are read between two looks at the clock. */
const linesAtOnce = 4;
/** Characters of a line beyond which it stays plain: grammars may take seconds for it. */
const longestLine = 1_000;
/**
 * Milliseconds one line may take before the rest of it has one colour. The first lines of a language are slow: its
 * expressions are translated when they are first met.
 */
const lineLimit = 3_000;
/** Milliseconds for a few lines that only hostile code needs, and how often that may be before the code stays plain. */
const tooSlow = 400;
const mostSlow = 4;

const theme = createCssVariablesTheme({ name: 'tokens', variablePrefix: '--code-', fontStyle: false });
const highlighter = createHighlighterCore({
  themes: [theme],
  langs: [],
  engine: createJavaScriptRegexEngine({ forgiving: true }),
});

const pause = () => new Promise<void>((resolve) => setTimeout(resolve));

/** The lines of a code with the kind of each piece, or undefined when it has no grammar or the signal was given. */
export async function highlight(
  text: string,
  name: string,
  signal: AbortSignal,
): Promise<ColouredLine[] | undefined> {
  const language = codeLanguage(name);
  if (!language) return undefined;
  const [shiki, { default: grammar }] = await Promise.all([highlighter, grammars[language.grammar]()]);
  await shiki.loadLanguage(grammar);
  const lang = grammar.at(-1)?.name ?? '';
  const lines = text.split('\n');
  const coloured: ColouredLine[] = [];
  let grammarState: GrammarState | undefined;
  let started = performance.now();
  let slow = 0;
  for (let at = 0; at < lines.length; at += linesAtOnce) {
    if (performance.now() - started > slice) {
      await pause();
      started = performance.now();
    }
    if (signal.aborted) return undefined;
    const begun = performance.now();
    const piece = lines.slice(at, at + linesAtOnce).join('\n');
    const tokens = shiki.codeToTokensBase(piece, {
      lang,
      theme: 'tokens',
      grammarState,
      tokenizeMaxLineLength: longestLine,
      tokenizeTimeLimit: lineLimit,
    });
    grammarState = shiki.getLastGrammarState(tokens);
    for (const line of tokens) coloured.push(joined(line));
    if (performance.now() - begun > tooSlow && ++slow >= mostSlow) return undefined;
  }
  return coloured;
}

/** Neighbours of one kind become one piece; what has the colour of the text needs no element. */
function joined(line: { content: string; color?: string }[]): ColouredLine {
  const pieces: ColouredLine = [];
  for (const { content, color } of line) {
    const named = /--code-token-([a-z-]+)/.exec(color ?? '')?.[1];
    const last = pieces.at(-1);
    const kind = content.trim() ? named : last?.kind;
    if (last && last.kind === kind) last.text += content;
    else pieces.push({ kind, text: content });
  }
  return pieces;
}
