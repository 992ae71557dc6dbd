/** Lines of JSON from a stream of bytes, whatever the bytes are cut into. Blank lines are passed over. */
export async function* readLines<T>(body: ReadableStream<Uint8Array>): AsyncGenerator<T> {
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let rest = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      rest += done ? decoder.decode() : decoder.decode(value, { stream: true });
      const lines = rest.split('\n');
      // The last piece may go on. At the end of the stream it is a line if it is whole, and a cut if it is not.
      rest = done ? '' : (lines.pop() ?? '');
      for (const line of lines) {
        if (!line.trim()) continue;
        const parsed = parse<T>(line);
        if (parsed !== undefined) yield parsed;
        else if (!done) throw new SyntaxError(`Not a line of JSON: ${line.slice(0, 100)}`);
      }
      if (done) return;
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}

function parse<T>(line: string): T | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? (value as T) : undefined;
  } catch {
    return undefined;
  }
}
