import { useEffect, useState } from 'react';
import { settings } from '@/utils/store/settings';
import { settingsPlace } from '@/utils/store/settings-place';
import type { Place } from './searching';

/** Parts of the address as older versions had them. */
const formerNames: Record<string, string> = { limits: 'spending', appearance: 'theme' };

/**
 * Where somebody is led: by the page's address, by a link on the page, or by a notice in the panel. `onPlace` is told
 * first, so that nothing stands in the way of the place being seen.
 */
export function usePlace(onPlace: () => void): Place | undefined {
  const [place, setPlace] = useState<Place>();
  useEffect(() => {
    const lead = async (name: string) => {
      const id = formerNames[name] ?? name;
      if (!id) return;
      // Providers that are set up stand elsewhere than the others: the page is drawn with them first.
      await settings.providers.read();
      onPlace();
      setPlace({ id });
    };
    const fromAddress = () => void lead(location.hash.slice(1));
    const fromPanel = async () => {
      const left = await settingsPlace.take();
      if (!left) return;
      history.replaceState(null, '', `#${left}`);
      await lead(left);
    };
    fromAddress();
    void fromPanel();
    window.addEventListener('hashchange', fromAddress);
    const stop = settingsPlace.watch(() => void fromPanel());
    return () => {
      window.removeEventListener('hashchange', fromAddress);
      stop();
    };
  }, [onPlace]);
  useEffect(() => {
    if (!place) return;
    // Two frames: what the place has opened is drawn by then.
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => {
        const element = document.getElementById(place.id);
        element?.scrollIntoView({ block: 'start' });
        element?.focus({ preventScroll: true });
      });
    });
    return () => cancelAnimationFrame(frame);
  }, [place]);
  return place;
}
