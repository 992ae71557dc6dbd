export interface Soon {
  ask(): void;
  cancel(): void;
}

/** Does something a little later (milliseconds), once for all who ask for it until then. */
export function createSoon(work: () => unknown, delay: number): Soon {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const cancel = () => {
    clearTimeout(timer);
    timer = undefined;
  };
  return {
    ask() {
      timer ??= setTimeout(() => {
        timer = undefined;
        work();
      }, delay);
    },
    cancel,
  };
}
