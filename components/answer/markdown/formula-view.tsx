import { memo, useEffect, useLayoutEffect, useRef, useState } from 'react';

type Draw = typeof import('./draw-formula').drawFormula;

/** Characters of a formula up to which it is drawn; a longer one is shown as it is written. */
const longest = 8_000;

let draw: Draw | undefined;
/** KaTeX, its style sheet and its fonts come with the first formula. */
const loadDraw = async () => {
  draw ??= (await import('./draw-formula')).drawFormula;
};

/** A formula. Until it can be drawn, and where it cannot, the reader sees how it is written. */
export const FormulaView = memo(function Formula({
  source,
  raw,
  display,
}: {
  source: string;
  /** The formula with its marks, as the model wrote it. */
  raw: string;
  /** On a line of its own. */
  display: boolean;
}) {
  const place = useRef<HTMLSpanElement>(null);
  const [loaded, setLoaded] = useState(draw !== undefined);
  const [state, setState] = useState<{ drawn: boolean; wide: boolean }>({ drawn: false, wide: false });
  const possible = source.length <= longest;
  useEffect(() => {
    if (!loaded && possible) loadDraw().then(() => setLoaded(true));
  }, [loaded, possible]);
  useLayoutEffect(() => {
    const { current } = place;
    if (!current || !draw || !loaded || !possible) return;
    const drawn = draw(current, source, display);
    setState({ drawn, wide: false });
  }, [source, display, loaded, possible]);
  useLayoutEffect(() => {
    const { current } = place;
    const room = current?.parentElement?.closest<HTMLElement>('.block, td, th, dd, li') ?? null;
    if (!state.drawn || !current || (!display && source.length < 24)) return;
    // Wider than its line: it scrolls by itself, and the keyboard has to reach it.
    const wide = display
      ? current.scrollWidth > current.clientWidth
      : current.offsetWidth > (room?.clientWidth ?? Number.POSITIVE_INFINITY) - 32;
    if (wide !== state.wide && wide) setState({ drawn: true, wide });
  }, [state, display, source]);
  const kind = `formula${display ? ' formula-display' : ''}${state.wide ? ' formula-wide' : ''}`;
  return (
    <>
      <span
        ref={place}
        className={kind}
        dir="ltr"
        hidden={!state.drawn}
        tabIndex={state.wide ? 0 : undefined}
      />
      {!state.drawn && (
        <code className={display ? 'formula-source formula-display' : 'formula-source'} dir="ltr">
          {raw}
        </code>
      )}
    </>
  );
});
