/** Where the user is: what was begun in one chat must not go on in another. */

export interface Stays {
  /** The user goes to another chat. */
  move(): void;
  /** A function that says whether the user is still where they are now. */
  here(): () => boolean;
  /** Whether something is being prepared to be sent from here. */
  isPreparing(): boolean;
  /**
   * Prepares a sending. Undefined when the user went elsewhere meanwhile, whatever came of it: then nothing is sent,
   * and the question is still in the composer of its chat.
   */
  prepare<T>(work: (isHere: () => boolean) => Promise<T>): Promise<T | undefined>;
}

export function createStays(): Stays {
  let stay = 0;
  let preparing: number | undefined;
  const here = () => {
    const begun = stay;
    return () => stay === begun;
  };
  return {
    here,
    move() {
      stay++;
    },
    isPreparing: () => preparing === stay,
    async prepare(work) {
      const isHere = here();
      const begun = stay;
      preparing = begun;
      try {
        const result = await work(isHere);
        return isHere() ? result : undefined;
      } catch (error) {
        if (isHere()) throw error;
        return undefined;
      } finally {
        if (preparing === begun) preparing = undefined;
      }
    },
  };
}
