import { hostOf } from '../format';

/** The first letter of a site, in place of its icon: icons would be fetched from the site. */
export function LetterTile({ url, title, large = false }: { url?: string; title: string; large?: boolean }) {
  const letter = [...(hostOf(url) || title || '?')][0]?.toUpperCase();
  return (
    <span className={large ? 'letter-tile letter-tile-large' : 'letter-tile'} aria-hidden="true">
      {letter}
    </span>
  );
}
