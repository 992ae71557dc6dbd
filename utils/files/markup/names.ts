/** Names of elements and attributes by the prefixes that the reader knows their namespaces by. */
export class Names {
  private readonly namespaces: Readonly<Record<string, string>>;
  /** For each prefix of the file that of the reader, the innermost declaration last. */
  private readonly scopes = new Map<string, (string | undefined)[]>();
  private readonly known = new Map<string, string>();

  constructor(namespaces: Readonly<Record<string, string>>) {
    this.namespaces = namespaces;
  }

  declare(prefix: string, namespace: string): void {
    const scope = this.scopes.get(prefix) ?? [];
    scope.push(Object.hasOwn(this.namespaces, namespace) ? this.namespaces[namespace] : undefined);
    this.scopes.set(prefix, scope);
    this.known.clear();
  }

  /** The element that declared these prefixes has ended. */
  forget(prefixes: string[]): void {
    for (const prefix of prefixes) this.scopes.get(prefix)?.pop();
    this.known.clear();
  }

  /** A name without a prefix is taken for that of an element: attributes without one have no namespace. */
  of(written: string): string {
    const known = this.known.get(written);
    if (known !== undefined) return known;
    const colon = written.indexOf(':');
    const prefix = this.scopes.get(colon === -1 ? '' : written.slice(0, colon))?.at(-1);
    const local = written.slice(colon + 1);
    const name = prefix === undefined ? written : prefix === '' ? local : `${prefix}:${local}`;
    this.known.set(written, name);
    return name;
  }

  ofAttributes(attributes: Record<string, string>): Record<string, string> {
    const isSame = (name: string) => !name.includes(':') || this.of(name) === name;
    if (this.scopes.size === 0 || Object.keys(attributes).every(isSame)) return attributes;
    // Seldom: the file calls a namespace by a name of its own.
    const renamed: Record<string, string> = Object.create(null);
    for (const name in attributes) renamed[isSame(name) ? name : this.of(name)] = attributes[name] ?? '';
    return renamed;
  }
}
