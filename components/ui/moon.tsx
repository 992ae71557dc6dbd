import { useEffect, useState } from 'react';

/**
 * The moon meter: its lit share is the share of the model's window in use. New moon is empty, full moon is full.
 * `share` runs from 0 to 1; beyond 1 it is full, in the colour of too much.
 */
export function Moon({ share, size = 16 }: { share: number; size?: number }) {
  const middle = size / 2;
  const radius = middle - 1;
  const lit = Math.min(1, Math.max(0, share));
  // The terminator is half an ellipse: bulging right before the half moon, left after it.
  const bulge = radius * Math.abs(1 - 2 * lit);
  const path =
    `M${middle} 1A${radius} ${radius} 0 0 1 ${middle} ${size - 1}` +
    `A${bulge} ${radius} 0 0 ${lit < 0.5 ? 0 : 1} ${middle} 1Z`;
  return (
    <svg
      className={share > 1 ? 'moon is-over' : 'moon'}
      width={size}
      height={size}
      viewBox={`0 0 ${size} ${size}`}
      aria-hidden="true"
    >
      <circle className="moon-disc" cx={middle} cy={middle} r={radius} />
      {lit > 0 && <path className="moon-lit" d={path} />}
    </svg>
  );
}

/** Phases of the moon while it waxes, and the milliseconds of each. */
const phases = 8;
const phaseTime = 200;

/** The moon while something is waited for: by how far it is where that is known, else waxing and beginning again. */
export function WaitingMoon({ share, size = 14 }: { share?: number; size?: number }) {
  const [phase, setPhase] = useState(phases / 2);
  const waxes = share === undefined;
  useEffect(() => {
    // Who wants nothing to move sees a half moon beside the words.
    if (!waxes || matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    const timer = setInterval(() => setPhase((before) => (before % phases) + 1), phaseTime);
    return () => clearInterval(timer);
  }, [waxes]);
  return <Moon share={share ?? phase / phases} size={size} />;
}
