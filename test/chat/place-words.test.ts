import { afterAll, expect, it } from 'vitest';
import { placeWords } from '@/utils/chat/place-words';
import { setLanguage } from '@/utils/i18n';
import { numberPassages, type Passage } from '@/utils/source';

const passages: Passage[] = [
  { kind: 'table', text: '1\tRent', place: { sheet: 'Q3', cells: 'A1:F40' } },
  { kind: 'table', text: '41\tOil', place: { sheet: 'Q3', cells: 'A41:G80' } },
  { kind: 'heading', text: '## The weir', place: { chapter: 4 } },
  { kind: 'text', text: 'It holds.', place: { chapter: 4 } },
  { kind: 'text', text: 'Page of a file.', page: 12 },
  { kind: 'code', text: 'turn()', place: { path: 'src/gate.py', line: 120 } },
  { kind: 'text', text: 'He speaks.', place: { time: '00:12:03' } },
  { kind: 'code', text: 'plot()', place: { notebookCell: 3 } },
  { kind: 'heading', text: 'Tides', place: { slide: 2 } },
];
const source = numberPassages(passages);
afterAll(() => setLanguage('en'));

it('says where in its file a passage stands, as people say it', () => {
  expect(passages.map((_, index) => placeWords(source, index + 1))).toEqual([
    'Sheet Q3, A1:F40',
    'Sheet Q3, A41:G80',
    'Chapter 4: The weir',
    'Chapter 4: The weir',
    'Page 12',
    'src/gate.py, Line 120',
    '00:12:03',
    'Cell 3',
    'Slide 2: Tides',
  ]);
  // A run of passages of one sheet is one range.
  expect(placeWords(source, 1, 2)).toBe('Sheet Q3, A1:G80');
  expect(placeWords(source, 99)).toBe('');
});

it('says it in every language', async () => {
  await setLanguage('zh_CN');
  expect(placeWords(source, 1)).toBe('工作表 Q3，A1:F40');
  expect(placeWords(source, 4)).toBe('第 4 章：The weir');
  await setLanguage('zh_TW');
  expect(placeWords(source, 5)).toBe('第 12 頁');
});
