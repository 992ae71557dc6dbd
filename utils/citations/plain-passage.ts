/** A passage without its Markdown marks, as the page shows it. */
export function plainPassage(passage: string): string {
  const code = /^(`{3,}|~{3,}).*\n([\s\S]*?)\n?\1$/.exec(passage)?.[2];
  if (code !== undefined) return code;
  return passage
    .replace(/^#{1,6}\s+|^>\s?|^(?:[-*+]|\d{1,9}[.)])\s+/gm, '')
    .replace(/!\[([^[\]]*)\](?:\([^()]*\))?/g, '$1')
    .replace(/\[([^[\]]*)\]\([^()]*\)/g, '$1')
    .replace(/(\*\*|~~|`)(?!\s)(.+?)(?<!\s)\1/g, '$2')
    .replace(/(?<![\w*])\*(?!\s)([^*\n]+)(?<!\s)\*(?![\w*])/g, '$1');
}
