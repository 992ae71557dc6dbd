/** Answers to draw, all made up: an ordinary one, and what a model writes when something has gone wrong. */

const ordinary = [
  (n: number) =>
    `The ${n}th mill turned for **eleven years** before anyone thought of asking why ¶${(n % 60) + 1}. `.repeat(
      3,
    ),
  (n: number) => `### Section ${n}`,
  (n: number) =>
    [1, 2, 3, 4]
      .map((item) => `- Point ${item} of list ${n}, with \`code\` and *emphasis* ¶${item}`)
      .join('\n'),
  (n: number) => `> A quoted sentence number ${n} from the text itself ¶${(n % 60) + 1}`,
  (n: number) =>
    `| Mill | Fall | Since |\n|---|---|---|\n| Carrow ${n} | 2.1 m | 2019 |\n| Pell ${n} | 1.8 m | 2022 |`,
];

/** An answer as models write them: paragraphs, headings, lists, quotes and small tables. */
export function longAnswer(characters: number): string {
  const blocks: string[] = [];
  for (let n = 0, size = 0; size < characters; n++) {
    const block = ordinary[n % ordinary.length]?.(n) ?? '';
    blocks.push(block);
    size += block.length + 2;
  }
  return blocks.join('\n\n').slice(0, characters);
}

const lines = (count: number, line: (n: number) => string) =>
  Array.from({ length: count }, (_, n) => line(n + 1)).join('\n');

/** Bad output, by the name in the table. */
export const extremes: Record<string, () => string> = {
  'one line of 1 MB': () => 'The mill turned for eleven years. '.repeat(31_000),
  'unclosed code of 1 MB': () => `\`\`\`js\n${'const mill = "turns"; // for years\n'.repeat(30_000)}`,
  'table of 10,000 rows': () =>
    `| Mill | Fall | Since |\n|---|---|---|\n${lines(10_000, (n) => `| Carrow ${n} | 2.1 m | 2019 |`)}`,
  'list of 5,000 items': () => lines(5_000, (n) => `- Point ${n} of the list, with *emphasis*`),
  '20,000 quotes in each other': () => `${'>'.repeat(20_000)} the end`,
};
