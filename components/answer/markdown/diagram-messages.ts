/** What the panel and the page that draws diagrams say to each other. */

export interface DiagramRequest {
  id: number;
  source: string;
  /** Colours and the typeface, by mermaid's names for them. */
  variables: Record<string, string | boolean> & { fontFamily: string };
}

export interface Diagram {
  /** The picture as the text of an SVG file. */
  svg: string;
  /** In pixels. */
  width: number;
  height: number;
  /** The words in it, for those who do not see it. */
  words: string[];
}

export type DiagramAnswer = { ready: true } | ({ id: number } & (Diagram | { failed: true }));
