/** Milliseconds between two looks at the address, for apps that change it in ways that nothing tells of. */
const interval = 1_000;

/** A part of the Navigation API, which not every browser has. */
interface WithNavigation {
  navigation?: EventTarget;
}

/**
 * Calls `onMoved` when the address has become another one without loading. A place on the same page is no other page;
 * apps that keep their routes behind `#/` have other pages there. Returns how to stop.
 */
export function watchAddress(view: Window & typeof globalThis, onMoved: () => void): () => void {
  const abort = new view.AbortController();
  const options = { signal: abort.signal };
  let address = pageOf(view.location.href);
  const look = () => {
    const now = pageOf(view.location.href);
    if (now === address) return;
    address = now;
    onMoved();
  };
  // pushState is the page's own and cannot be listened to from here; the browser tells of it, where it can.
  const { navigation } = view as WithNavigation;
  for (const name of ['currententrychange', 'navigatesuccess'])
    navigation?.addEventListener(name, look, options);
  for (const name of ['popstate', 'hashchange', 'pageshow']) view.addEventListener(name, look, options);
  const timer = view.setInterval(look, interval);
  return () => {
    abort.abort();
    view.clearInterval(timer);
  };
}

const pageOf = (address: string): string =>
  /#[!/]/.test(address) ? address : (address.split('#', 1)[0] ?? '');
