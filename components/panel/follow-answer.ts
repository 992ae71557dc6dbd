/** Closer to the end than this (pixels) counts as being at the end. */
const nearEnd = 32;
/** Room kept above the question when a long answer has pushed it to the top. */
const roomAbove = 8;

/**
 * Moves the view along with the answer that streams: until its question stands at the top, and along the end of the
 * text when the reader has gone there. Wherever else the reader goes, the view stays.
 *
 * @param scroller What scrolls.
 * @param content What grows in it.
 * @param onBehind Told whether there is text below the view.
 */
export function followAnswer(
  scroller: HTMLElement,
  content: HTMLElement,
  onBehind: (isBehind: boolean) => void,
) {
  let isAtEnd = false;
  let stays = false;
  /** Where the question stood in the view when the view was moved last, or what was scrolled to without one. */
  let ours = 0;
  let turn: Element | undefined;
  let question: Element | null | undefined;
  let isLast = true;

  // Found once: looking through a long conversation at every flush would cost more than drawing it.
  const find = () => {
    if (turn?.isConnected && question?.isConnected) return;
    const turns = content.getElementsByClassName('turn');
    const last = turns[turns.length - 1];
    turn = content.querySelector('article[aria-busy="true"]')?.closest('.turn') ?? last;
    question = turn?.querySelector('.question');
    isLast = turn === last;
  };
  const edge = () => scroller.getBoundingClientRect().top;
  const place = () => (question ? question.getBoundingClientRect().top - edge() : scroller.scrollTop);
  /** The scroll position at which the end of the answer is in view; an answer that is given again may have more below. */
  const end = () =>
    turn && !isLast
      ? turn.getBoundingClientRect().bottom - edge() + scroller.scrollTop + nearEnd - scroller.clientHeight
      : scroller.scrollHeight - scroller.clientHeight;
  const isBehind = () => end() - scroller.scrollTop > nearEnd;
  const scrollTo = (top: number) => {
    scroller.scrollTop = top;
    ours = place();
  };

  const follow = () => {
    find();
    const limit = question ? scroller.scrollTop + place() - roomAbove : end();
    const top = isAtEnd ? end() : Math.min(end(), limit);
    // What is in view whole need not be moved.
    if (!stays && (limit < scroller.scrollTop || top > scroller.scrollTop || isAtEnd)) scrollTo(top);
    onBehind(isBehind());
  };
  const onScroll = () => {
    find();
    // Content above that changes its height moves the position and not the view, and neither does our own scrolling.
    if (Math.abs(place() - ours) < 2) return;
    // The reader scrolled: to the end means following it, anywhere else means staying there.
    isAtEnd = !isBehind();
    stays = !isAtEnd;
    ours = place();
    onBehind(isBehind());
  };
  // What a reader opens (a quote, what was thought) makes the answer longer and is no new text: it stays in view.
  const onClick = ({ target }: Event) => {
    if (!(target instanceof Element) || !target.closest('[aria-expanded], summary')) return;
    isAtEnd = false;
    stays = true;
  };

  follow();
  const observer = new ResizeObserver(follow);
  observer.observe(content);
  observer.observe(scroller);
  scroller.addEventListener('scroll', onScroll, { passive: true });
  content.addEventListener('click', onClick);
  return {
    goToEnd() {
      isAtEnd = true;
      stays = false;
      onBehind(false);
      find();
      scrollTo(end());
    },
    stop() {
      observer.disconnect();
      scroller.removeEventListener('scroll', onScroll);
      content.removeEventListener('click', onClick);
      // How the answer ended is drawn now: it comes into view by the same rule.
      requestAnimationFrame(() => requestAnimationFrame(follow));
    },
  };
}
