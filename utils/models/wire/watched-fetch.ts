type Fetch = typeof globalThis.fetch;

/** A fetch that calls `beat` for the headers of a response and for every piece of it, comments and pings included. */
export const watchedFetch =
  (beat: () => void, fetch: Fetch = globalThis.fetch): Fetch =>
  async (input, init) => {
    const response = await fetch(input, init);
    beat();
    // A redirect that was not followed has neither a body nor a status that could be given to a new response.
    if (!response.body || response.type === 'opaqueredirect') return response;
    const body = response.body.pipeThrough(
      new TransformStream<Uint8Array, Uint8Array>({
        transform(bytes, controller) {
          beat();
          controller.enqueue(bytes);
        },
      }),
    );
    const { status, statusText, headers } = response;
    return new Response(body, { status, statusText, headers });
  };
