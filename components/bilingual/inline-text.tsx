import { Image } from 'lucide-react';
import { Fragment, type ReactNode } from 'react';
import type { MarkForm } from '@/utils/translate/inline-marks';
import type { Placement } from '@/utils/translate/types';
import type { MarkedNode } from '@/utils/translate/write-inline';
import { useReadingActions } from '../panel/actions';

/** Inline content of a source or of its translation, drawn as what its marks stand for. */
export function InlineText({
  nodes,
  forms,
  base,
  terms,
  onTerm,
}: {
  nodes: MarkedNode[];
  forms: MarkForm[];
  /** The address of the source: links of it may be relative. */
  base?: string;
  terms?: Placement['terms'];
  onTerm?: (id: string) => void;
}): ReactNode {
  return nodes.map((node, index) => {
    const key = index;
    if (typeof node === 'string')
      return (
        <Fragment key={key}>
          {terms ? <WithTerms text={node} terms={terms} onTerm={onTerm} /> : node}
        </Fragment>
      );
    const form = forms[node.mark - 1];
    if (!form) return null;
    return (
      <Mark key={key} form={form} base={base}>
        {node.content && (
          <InlineText nodes={node.content} forms={forms} base={base} terms={terms} onTerm={onTerm} />
        )}
      </Mark>
    );
  });
}

function Mark({ form, base, children }: { form: MarkForm; base?: string; children?: ReactNode }): ReactNode {
  switch (form.kind) {
    case 'strong':
      return <strong>{children}</strong>;
    case 'emphasis':
      return <em>{children}</em>;
    case 'deleted':
      return <del>{children}</del>;
    case 'raised':
      return <sup>{children}</sup>;
    case 'lowered':
      return <sub>{children}</sub>;
    case 'code':
      return <code dir="ltr">{form.raw.replace(/^`+ ?| ?`+$/g, '')}</code>;
    case 'formula':
      return (
        <code className="formula-text" dir="ltr">
          {form.raw.replace(/^(?:\$\$?|\\[([])|(?:\$\$?|\\[)\]])$/g, '')}
        </code>
      );
    case 'break':
      return <br />;
    case 'image':
      return (
        <span className="picture-words">
          <Image className="icon icon-small" aria-hidden="true" />
          {children ?? form.raw.replace(/^!\[|\](?:\(.*)?$/g, '')}
        </span>
      );
    case 'link':
    case 'address':
      return (
        <SourceLink address={form.address ?? form.raw} base={base}>
          {children ?? (form.kind === 'link' ? form.raw.replace(/^\[|\]\([^)]*\)$/g, '') : form.raw)}
        </SourceLink>
      );
    case 'citation':
      return <bdi className="note-mark">{form.raw}</bdi>;
  }
}

/** A link of the source itself. It opens on a click, and is no link where it leads to no page of the web. */
function SourceLink({ address, base, children }: { address: string; base?: string; children: ReactNode }) {
  const { openLink } = useReadingActions();
  const url = URL.parse(/^www\./i.test(address) ? `https://${address}` : address, base);
  if (!url || !/^https?:$/.test(url.protocol)) return <span>{children}</span>;
  return (
    <a
      href={url.href}
      rel="noreferrer"
      title={url.href}
      onClick={(event) => {
        event.preventDefault();
        openLink(url.href);
      }}
    >
      {children}
    </a>
  );
}

/** Words that stand for a term are underlined and lead to it. */
function WithTerms({
  text,
  terms,
  onTerm,
}: {
  text: string;
  terms: NonNullable<Placement['terms']>;
  onTerm?: (id: string) => void;
}): ReactNode {
  const pieces: ReactNode[] = [];
  let from = 0;
  for (const { at, words, id } of placesOf(text, terms)) {
    pieces.push(text.slice(from, at));
    pieces.push(
      onTerm ? (
        <button key={at} type="button" className="term-words" onClick={() => onTerm(id)}>
          {words}
        </button>
      ) : (
        <span key={at} className="term-words">
          {words}
        </span>
      ),
    );
    from = at + words.length;
  }
  return [...pieces, text.slice(from)];
}

/** Where the words of terms stand: the longest at each place, and no two over each other. */
function placesOf(text: string, terms: NonNullable<Placement['terms']>) {
  const found: { at: number; words: string; id: string }[] = [];
  for (const { words, id } of terms.toSorted((one, other) => other.words.length - one.words.length)) {
    if (words === '') continue;
    for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + words.length)) {
      const end = at + words.length;
      if (!found.some((other) => at < other.at + other.words.length && other.at < end))
        found.push({ at, words, id });
    }
  }
  return found.sort((one, other) => one.at - other.at);
}
