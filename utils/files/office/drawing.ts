/** What drawings of Office hold that is text: charts by the values that are kept with them, diagrams by their words. */

import { type Cell, tableMarkdown } from '../document/table';
import type { XmlElement } from '../markup';
import { childOf, descendantsOf, textIn } from './package';

/** The title of a chart and its values as a table; empty where it keeps none. */
export function chartMarkdown(chart: XmlElement | undefined): string {
  const [title] = descendantsOf(chart, 'c:title');
  const heading = descendantsOf(title, 'a:t').map(textIn).join('').trim();
  const series = descendantsOf(chart, 'c:ser').map((one) => ({
    name: pointsOf(childOf(one, 'c:tx')).join(' ') || textIn(childOf(childOf(one, 'c:tx'), 'c:v')),
    names: pointsOf(childOf(one, 'c:cat') ?? childOf(one, 'c:xVal')),
    values: pointsOf(childOf(one, 'c:val') ?? childOf(one, 'c:yVal')),
  }));
  const first = series[0];
  if (!first || series.every(({ values }) => values.length === 0)) return heading;
  const count = series.reduce((most, { values }) => Math.max(most, values.length), 0);
  const rows: Cell[][] = [[{ text: '' }, ...series.map(({ name }) => ({ text: name }))]];
  for (let index = 0; index < count; index++) {
    rows.push([
      { text: first.names[index] ?? String(index + 1) },
      ...series.map(({ values }) => ({ text: values[index] ?? '' })),
    ]);
  }
  return [heading, tableMarkdown(rows)].filter(Boolean).join('\n\n');
}

/** Values by their index, as they are kept for programs that cannot reach the sheet. */
function pointsOf(element: XmlElement | undefined): string[] {
  const kept = descendantsOf(element, 'c:pt');
  const points: string[] = [];
  for (const point of kept) {
    const index = Number(point.attributes.idx);
    // An index far out would make a table of nothing.
    const isNear = Number.isInteger(index) && index >= 0 && index < 4 * kept.length + 100;
    points[isNear ? index : points.length] = textIn(childOf(point, 'c:v')).trim();
  }
  return Array.from(points, (value) => value ?? '');
}

/** The words of a diagram, box by box. */
export function diagramLines(diagram: XmlElement | undefined): string[] {
  return descendantsOf(diagram, 'dgm:pt')
    .map((point) =>
      descendantsOf(point, 'a:p')
        .map((paragraph) => descendantsOf(paragraph, 'a:t').map(textIn).join(''))
        .filter((text) => text.trim() !== '')
        .join(' '),
    )
    .filter(Boolean);
}

/** What is said of a picture for those who do not see it. */
export function alternativeOf(properties: XmlElement | undefined): string {
  const { descr, title } = properties?.attributes ?? {};
  return (descr || title || '').replace(/\s+/g, ' ').trim();
}
