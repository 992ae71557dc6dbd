import type { Passage } from '../../source';
import { DocumentWriter, textOf } from '../document/writer';
import type { XmlElement } from '../markup';
import { childOf, elementsOf } from '../office/package';
import type { OpenReading } from './inline';
import { OpenStory } from './story';

/** Notes in the order in which the text names them; a note may name others. */
export function notePassages(reading: OpenReading): Passage[] {
  const passages: Passage[] = [];
  for (let index = 0; index < reading.notes.length; index++) {
    const { label, body } = reading.notes[index] as OpenReading['notes'][number];
    const [first, ...rest] = passagesOf(reading, body);
    if (first) passages.push({ ...first, kind: 'text', text: `[^${label}]: ${first.text}` }, ...rest);
  }
  return passages;
}

/** Headers and footers of all kinds of pages, each text once. */
export function marginPassages(reading: OpenReading): Passage[] {
  const found: { label: string; text: string }[] = [];
  for (const page of elementsOf(childOf(reading.file.styles, 'office:master-styles'))) {
    for (const part of elementsOf(page)) {
      const kind = /^style:(header|footer)(?:-left|-first)?$/.exec(part.name)?.[1];
      if (!kind || part.attributes['style:display'] === 'false') continue;
      const text = oneLine(passagesOf(reading, part));
      const label = kind === 'header' ? 'Header' : 'Footer';
      // A page number alone is no text.
      if (/\p{L}/u.test(text) && !found.some((one) => one.text === text)) found.push({ label, text });
    }
  }
  return found
    .sort((one, other) => Number(one.label === 'Footer') - Number(other.label === 'Footer'))
    .map(({ label, text }) => ({ text: `[${label}: ${text}]`, kind: 'text' }));
}

/** Comments with their authors and the words that they are about. */
export function commentPassages(reading: OpenReading): Passage[] {
  return reading.comments.flatMap(({ author, date, body, anchor }): Passage[] => {
    const text = oneLine(passagesOf(reading, body));
    if (text === '') return [];
    const by = author ? ` by ${author}` : '';
    const on = /^\d{4}-\d\d-\d\d/.exec(date)?.[0];
    const words = anchor.replace(/\s+/g, ' ').trim();
    return [
      { text: `[Comment${by}${on ? `, ${on}` : ''}${words ? ` on “${words}”` : ''}: ${text}]`, kind: 'text' },
    ];
  });
}

function passagesOf(reading: OpenReading, element: XmlElement): Passage[] {
  const story = new OpenStory(reading, new DocumentWriter());
  story.blocks(element);
  return story.writer.finish();
}

const oneLine = (passages: Passage[]) =>
  textOf(passages)
    .replace(/\s*\n\s*/g, ' ')
    .trim();
