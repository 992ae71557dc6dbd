import { Code, FileCode, Image, Workflow } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { t } from '@/utils/i18n';
import { saveFile } from '../../save-file';
import { IconButton } from '../../ui/icon-button';
import { CodeText, CopyCode } from './code-view';
import type { Diagram } from './diagram-messages';
import { diagramColours, useTheme } from './diagram-theme';
import { drawDiagram } from './draw-diagram';

/** Diagrams that were drawn last, by theme and source, so that a chat one comes back to does not flash. */
const kept = new Map<string, Diagram | 'failed'>();
const mostKept = 40;

/** Firefox has no sandboxed pages for extensions, and nothing else is far enough from the panel: it shows the source. */
const canDraw = !import.meta.env.FIREFOX;

/**
 * What no diagram needs and a hostile one may try: addresses behind clicks, elements with attributes, pictures. Such
 * a source is shown as it is written, as a formula that asks for a link is.
 */
const asksForMore = (source: string): boolean =>
  /^\s*click\s|<[a-z][\w-]*\s[^>]*=|@\{[^}]*\b(?:img|icon)\s*:/im.test(source);

/** A diagram: drawn once its source is finished and near, with its source one click away. */
export function DiagramView({ source, growing }: { source: string; growing: boolean }) {
  const place = useRef<HTMLElement>(null);
  const refused = !growing && asksForMore(source);
  const near = useNear(place, !growing && canDraw && !refused);
  const drawn = useDiagram(source, near) ?? (refused ? 'failed' : undefined);
  const [asSource, setAsSource] = useState(false);
  const diagram = drawn && drawn !== 'failed' ? drawn : undefined;
  return (
    <figure ref={place} className="diagram" aria-label={t('diagram.name')}>
      <div className="code-head">
        <span className="ellipsis">{t('diagram.name')}</span>
        <span className="grow" />
        {diagram && (
          <>
            <IconButton
              icon={asSource ? Workflow : Code}
              label={t(asSource ? 'diagram.showDiagram' : 'diagram.showSource')}
              onClick={() => setAsSource(!asSource)}
            />
            <IconButton
              icon={FileCode}
              label={t('diagram.saveSvg')}
              onClick={() => saveFile(svgFile(diagram), 'diagram.svg')}
            />
            <IconButton icon={Image} label={t('diagram.savePng')} onClick={() => void savePng(diagram)} />
          </>
        )}
        <CopyCode text={() => source} />
      </div>
      {diagram && !asSource ? (
        <Picture diagram={diagram} />
      ) : (
        <CodeText text={source} name="mermaid" growing={growing} />
      )}
      {drawn === 'failed' && <figcaption className="diagram-note">{t('diagram.failed')}</figcaption>}
    </figure>
  );
}

const svgFile = ({ svg }: Diagram) => new Blob([svg], { type: 'image/svg+xml' });

function Picture({ diagram }: { diagram: Diagram }) {
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    const url = URL.createObjectURL(svgFile(diagram));
    setAddress(url);
    return () => URL.revokeObjectURL(url);
  }, [diagram]);
  const { width, height, words } = diagram;
  return (
    <section
      className="diagram-picture"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
      tabIndex={0}
      aria-label={t('diagram.name')}
    >
      <img
        src={address}
        width={Math.ceil(width)}
        height={Math.ceil(height)}
        alt={t('diagram.words', { words: words.join(', ') })}
      />
    </section>
  );
}

/** True once the element has come near what is seen. */
function useNear(place: React.RefObject<HTMLElement | null>, wanted: boolean): boolean {
  const [near, setNear] = useState(false);
  useEffect(() => {
    if (!wanted || near || !place.current) return;
    const observer = new IntersectionObserver(
      (entries) => entries.some(({ isIntersecting }) => isIntersecting) && setNear(true),
      { rootMargin: '800px 0px' },
    );
    observer.observe(place.current);
    return () => observer.disconnect();
  }, [wanted, near, place]);
  return wanted && near;
}

function useDiagram(source: string, wanted: boolean): Diagram | 'failed' | undefined {
  const theme = useTheme();
  const key = `${theme}\n${source}`;
  const [, redraw] = useState(0);
  const [before, setBefore] = useState<Diagram | 'failed'>();
  const known = kept.get(key);
  useEffect(() => {
    if (known) setBefore(known);
    if (!wanted || known) return;
    let gone = false;
    // A frame later the page has the colours of a theme that has just been chosen.
    requestAnimationFrame(() => {
      drawDiagram(source, diagramColours())
        .catch(() => 'failed' as const)
        .then((diagram) => {
          keep(key, diagram);
          if (!gone) redraw((times) => times + 1);
        });
    });
    return () => {
      gone = true;
    };
  }, [wanted, known, key, source]);
  // Until it is drawn in the new colours, the old picture stays.
  return known ?? before;
}

function keep(key: string, diagram: Diagram | 'failed') {
  kept.set(key, diagram);
  if (kept.size <= mostKept) return;
  for (const oldest of kept.keys()) {
    kept.delete(oldest);
    break;
  }
}

/** Pixels of a saved picture for each of the screen, and the largest side that every browser can draw. */
const scale = 2;
const largestSide = 8_000;

async function savePng({ svg, width, height }: Diagram): Promise<void> {
  const factor = Math.min(scale, largestSide / Math.max(width, height));
  const picture = new window.Image();
  // As data and not as a blob: a blob with HTML in it may not be read back from a canvas.
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await picture.decode();
  const canvas = document.createElement('canvas');
  canvas.width = Math.ceil(width * factor);
  canvas.height = Math.ceil(height * factor);
  const context = canvas.getContext('2d');
  if (!context) return;
  context.fillStyle = getComputedStyle(document.documentElement).getPropertyValue('--paper');
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  canvas.toBlob((file) => file && saveFile(file, 'diagram.png'));
}
