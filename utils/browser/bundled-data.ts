/** A data file of pdf.js that comes with the extension. */
export async function loadBundled(
  folder: 'cmaps' | 'standard_fonts' | 'wasm',
  file: string,
  fetch: typeof globalThis.fetch = globalThis.fetch,
): Promise<Uint8Array> {
  if (!/^[\w-]+(\.\w+)?$/.test(file)) throw new Error(`No data file is called ${file}`);
  const response = await fetch(new URL(`/pdf/${folder}/${file}`, globalThis.location.origin));
  if (!response.ok) throw new Error(`${file} is missing from the extension`);
  return new Uint8Array(await response.arrayBuffer());
}
