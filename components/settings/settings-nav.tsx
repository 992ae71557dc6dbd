import { useEffect, useRef, useState } from 'react';
import { t } from '@/utils/i18n';
import { sections } from './registry';

/** A section counts as being read once its top is this near to the top of the window, in pixels. */
const readingLine = 140;

/** The sections; the one that is being read is marked. */
export function SettingsNav() {
  const [current, setCurrent] = useState(sections[0]?.id);
  const list = useRef<HTMLElement>(null);
  useEffect(() => {
    let frame = 0;
    const look = () => {
      frame = 0;
      const isAtEnd =
        innerHeight + scrollY >= document.documentElement.scrollHeight - 2 && scrollY > readingLine;
      const shown = sections.filter(({ id }) => document.getElementById(id)?.getClientRects().length);
      const passed = shown.filter(
        ({ id }) => (document.getElementById(id)?.getBoundingClientRect().top ?? 0) <= readingLine,
      );
      const last = isAtEnd ? shown.at(-1) : passed.at(-1);
      setCurrent((last ?? shown[0] ?? sections[0])?.id);
    };
    const onScroll = () => {
      frame ||= requestAnimationFrame(look);
    };
    look();
    window.addEventListener('scroll', onScroll, { passive: true });
    window.addEventListener('resize', onScroll);
    return () => {
      cancelAnimationFrame(frame);
      window.removeEventListener('scroll', onScroll);
      window.removeEventListener('resize', onScroll);
    };
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: where the list is a strip, the current section comes into view
  useEffect(() => {
    const show = () => {
      const strip = list.current;
      const link = strip?.querySelector<HTMLElement>('[aria-current]');
      if (!strip || !link || strip.scrollWidth <= strip.clientWidth) return;
      const [outer, inner] = [strip.getBoundingClientRect(), link.getBoundingClientRect()];
      // By how far its middle is off, which holds in both directions of writing.
      strip.scrollBy({ left: inner.left + inner.width / 2 - (outer.left + outer.width / 2) });
    };
    show();
    window.addEventListener('resize', show);
    return () => window.removeEventListener('resize', show);
  }, [current]);
  return (
    <nav ref={list} className="settings-nav" aria-label={t('settings.title')}>
      {sections.map(({ id, icon: Icon, title }) => (
        <a key={id} href={`#${id}`} aria-current={id === current ? 'location' : undefined}>
          <Icon className="icon" aria-hidden="true" />
          {t(title)}
        </a>
      ))}
    </nav>
  );
}
