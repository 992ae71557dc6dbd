import { Check, Copy } from 'lucide-react';
import type { Tokens } from 'marked';
import { memo, type ReactNode, useEffect, useState } from 'react';
import type { ColouredLine } from '@/utils/chat/code-colours';
import { t } from '@/utils/i18n';
import { IconButton } from '../../ui/icon-button';
import { useCopy } from '../use-copy';
import { useWhole } from './answer-blocks';
import { codeLanguage } from './code-languages';
import { fenceName } from './fences';
import { colouredLines, keepColoured } from './highlight-cache';
import { lex } from './lex';

/**
 * Characters of code up to which it is coloured. What is longer, or goes on beyond its first block, is shown whole
 * and plain: tens of thousands of coloured pieces would make the panel slow, and who reads so much code copies it.
 */
const longestColoured = 40_000;

/** A block of code: its language, a way to copy it, its lines as they are. Coloured once it has stopped growing. */
export function CodeView({
  text,
  info,
  growing,
  start,
  continues,
  children,
}: {
  text: string;
  info: string | undefined;
  growing: boolean;
  /** Where the code stands in the answer. */
  start?: number;
  /** Goes on with code that was too long for one block, and has its head there. */
  continues: boolean;
  /** What stands behind the last character, such as the caret. */
  children?: ReactNode;
}) {
  const name = fenceName(info);
  const wholeText = useWhole(start);
  const whole = () => {
    const token = lex(wholeText() ?? '').find(({ type }) => type === 'code');
    return (token as Tokens.Code | undefined)?.text ?? text;
  };
  return (
    <div className="code">
      {!continues && (
        <div className="code-head">
          <span className="ellipsis" dir="ltr">
            {codeLanguage(name)?.name ?? name}
          </span>
          <span className="grow" />
          <CopyCode text={whole} />
        </div>
      )}
      <CodeText text={text} name={name} growing={growing || continues}>
        {children}
      </CodeText>
    </div>
  );
}

export function CopyCode({ text }: { text: () => string }) {
  const [copied, copy] = useCopy();
  return (
    <IconButton
      icon={copied ? Check : Copy}
      label={copied ? t('action.copied') : t('code.copy')}
      onClick={() => copy(text())}
    />
  );
}

export function CodeText({
  text,
  name,
  growing,
  children,
}: {
  text: string;
  name: string;
  growing: boolean;
  children?: ReactNode;
}) {
  const lines = useColours(text, name, growing);
  return (
    <section
      className="code-scroll"
      dir="ltr"
      translate="no"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
      tabIndex={0}
      aria-label={t('code.name', { language: codeLanguage(name)?.name ?? name })}
    >
      <pre>
        <code>{lines ? <Coloured lines={lines} /> : text}</code>
        {children}
      </pre>
    </section>
  );
}

const Coloured = memo(function ColouredLines({ lines }: { lines: ColouredLine[] }) {
  return lines.map((line, at) => [
    at > 0 && '\n',
    ...line.map(({ kind, text }, index) =>
      kind ? (
        // biome-ignore lint/suspicious/noArrayIndexKey: finished code does not change
        <span key={`${at} ${index}`} className={`code-${kind}`}>
          {text}
        </span>
      ) : (
        text
      ),
    ),
  ]);
});

/** The colours of finished code, once they are known. */
function useColours(text: string, name: string, growing: boolean): ColouredLine[] | undefined {
  const wanted = !growing && text.length <= longestColoured && codeLanguage(name) !== undefined;
  const known = wanted ? colouredLines(name, text) : undefined;
  const [coloured, setColoured] = useState<{ text: string; lines: ColouredLine[] }>();
  useEffect(() => {
    if (!wanted || known) return;
    const abort = new AbortController();
    import('@/utils/chat/code-colours')
      .then(({ colourCode }) => colourCode(text, name, abort.signal))
      .then((lines) => {
        if (!lines || abort.signal.aborted) return;
        keepColoured(name, text, lines);
        setColoured({ text, lines });
      })
      // A grammar that fails leaves the code as it is, plain.
      .catch(() => {});
    return () => abort.abort();
  }, [wanted, known, text, name]);
  return known ?? (wanted && coloured?.text === text ? coloured.lines : undefined);
}
