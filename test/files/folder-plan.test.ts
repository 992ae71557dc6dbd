import { describe, expect, it } from 'vitest';
import { mostFiles, planFolder } from '@/utils/files/folder-plan';
import { cpuTime } from '../cpu-time.ts';

const listed = (...paths: string[]) => paths.map((path) => ({ path, size: 100 }));
const many = (count: number, path: (index: number) => string) =>
  listed(...Array.from({ length: count }, (_, index) => path(index + 1)));

const plan = (files: { path: string; size: number }[], lists: Record<string, string> = {}) => {
  const { asOne, asFiles, ignored, tooMany } = planFolder(
    files,
    Object.entries(lists).map(([path, text]) => ({ path, text })),
  );
  return {
    asOne: asOne.map(({ path }) => path),
    asFiles: asFiles.map(({ path }) => path),
    ignored,
    ...(tooMany ? { tooMany } : {}),
  };
};

describe('what a folder becomes', () => {
  it('takes a folder of résumés as many files, and whatever lies among them', () => {
    const resumes = many(50, (index) => `resume-${index}.${index % 2 ? 'pdf' : 'docx'}`);
    const { asOne, asFiles, ignored } = plan([
      ...resumes,
      ...listed('read me.txt', 'photo.jpg', 'Thumbs.db', '~$sume-2.docx', '.DS_Store'),
    ]);
    expect(asOne).toEqual([]);
    expect(asFiles).toHaveLength(52);
    expect(asFiles.filter((path) => path.startsWith('resume')).slice(0, 3)).toEqual([
      'resume-1.pdf',
      'resume-2.docx',
      'resume-3.pdf',
    ]);
    expect(ignored).toEqual({ files: 3, names: ['Thumbs.db', '~$sume-2.docx', '.DS_Store'] });
  });

  it('takes invoices as files whether they are PDFs or pictures', () => {
    const invoices = many(40, (index) => `2026/invoice-${index}.${index % 3 ? 'png' : 'pdf'}`);
    expect(plan(invoices).asFiles).toHaveLength(40);
    expect(plan(many(8, (index) => `scan ${index}.jpg`)).asFiles).toHaveLength(8);
  });

  it('takes a program as one source and its documents as files', () => {
    const files = listed(
      'src/main.py',
      'src/rules.py',
      'data/measured.csv',
      'docs/manual.pdf',
      'docs/index.html',
      'logo.png',
      'README.md',
    );
    expect(plan(files)).toMatchObject({
      asOne: ['logo.png', 'README.md', 'data/measured.csv', 'docs/index.html', 'src/main.py', 'src/rules.py'],
      asFiles: ['docs/manual.pdf'],
    });
  });

  it('keeps a program together that holds more tables or documents than code', () => {
    const samples = many(30, (index) => `test/samples/${index}.docx`);
    expect(plan([...listed('package.json', 'index.js'), ...samples])).toMatchObject({
      asOne: ['index.js', 'package.json'],
    });
    const crowd = many(300, (index) => `test/samples/${index}.docx`);
    expect(plan([...listed('package.json', 'index.js'), ...crowd]).asFiles).toEqual([]);
  });

  it('does not take one script among documents for a program', () => {
    const files = [...many(20, (index) => `paper ${index}.pdf`), ...listed('rename.py')];
    expect(plan(files).asFiles).toHaveLength(21);
  });

  it('keeps notes together, with their pictures beside them', () => {
    const notes = many(30, (index) => `notes/day ${index}.md`);
    const pictures = many(60, (index) => `notes/attached/${index}.png`);
    const { asOne, asFiles } = plan([
      ...notes,
      ...pictures,
      ...listed('notes/terms.pdf', 'notes/costs.xlsx'),
    ]);
    expect(asOne).toHaveLength(90);
    expect(asFiles).toEqual(['notes/costs.xlsx', 'notes/terms.pdf']);
  });

  it('gives archives and documents of old programs rows of their own, where they can say what they are', () => {
    expect(plan(listed('sent.zip')).asFiles).toEqual(['sent.zip']);
    expect(plan(many(5, (index) => `letter ${index}.doc`)).asFiles).toHaveLength(5);
    expect(plan(listed('package.json', 'a.ts', 'vendor.zip', 'spec.doc'))).toMatchObject({
      asOne: ['a.ts', 'package.json', 'vendor.zip'],
      asFiles: ['spec.doc'],
    });
    expect(plan(listed('pdf', 'docx', 'README')).asOne).toHaveLength(3);
  });

  it('is in the order of the tree: files of a folder before its folders, numbers by their size', () => {
    const files = listed(
      'b/2.txt',
      'b/10.txt',
      'a.txt',
      'b/1.txt',
      'b/a/1.txt',
      'B.txt',
      '第10章.txt',
      '第9章.txt',
    );
    expect(plan(files).asOne).toEqual([
      'a.txt',
      'B.txt',
      '第9章.txt',
      '第10章.txt',
      'b/1.txt',
      'b/2.txt',
      'b/10.txt',
      'b/a/1.txt',
    ]);
  });
});

describe('files that are left out', () => {
  const kept = (files: string[], lists: Record<string, string>) => plan(listed(...files), lists).asOne;

  it('honours .gitignore: folders, negation, anchors, nested lists, comments and escapes', () => {
    const rules =
      '# made\n*.log\n!keep.log\n/dist\nbuild/\ndoc/**/draft.txt\n\\#odd.txt\nspaced.txt   \n*.TMP\n';
    const files = [
      'a.log',
      'keep.log',
      'sub/b.log',
      'sub/keep.log',
      'dist/a.js',
      'sub/dist/a.js',
      'build/x.c',
    ];
    const more = [
      'sub/build/x.c',
      'build.c',
      'doc/a/b/draft.txt',
      'doc/draft.txt',
      '#odd.txt',
      'spaced.txt',
      'a.tmp',
    ];
    expect(kept([...files, ...more], { '.gitignore': rules }).sort()).toEqual(
      ['a.tmp', 'build.c', 'keep.log', 'sub/dist/a.js', 'sub/keep.log'].sort(),
    );
    expect(
      kept(['one/a.txt', 'one/two/a.txt', 'a.txt', 'one/b.txt'], {
        '.gitignore': '*.txt\r\n!b.txt\r\n',
        'one/.gitignore': '!a.txt',
        'one/two/.gitignore': '/a.txt',
      }),
    ).toEqual(['one/a.txt', 'one/b.txt']);
  });

  it('does not read again what is inside an ignored folder, as git does not', () => {
    expect(kept(['out/keep.c', 'a.c'], { '.gitignore': 'out/\n!out/keep.c' })).toEqual(['a.c']);
    expect(kept(['out/keep.c', 'out/b.c', 'a.c'], { '.gitignore': 'out/*\n!out/keep.c' })).toEqual([
      'a.c',
      'out/keep.c',
    ]);
    // A nearer list has the last word about a folder.
    expect(kept(['a/out/keep.c', 'out/b.c'], { '.gitignore': 'out/', 'a/.gitignore': '!out/' })).toEqual([
      'a/out/keep.c',
    ]);
  });

  it('leaves out what version control and package managers keep, and names it by its highest folder', () => {
    const files = [
      ...many(60_000, (index) => `web/node_modules/package-${index % 400}/lib/${index}.js`),
      ...listed('.git/HEAD', '.git/objects/aa/bb', 'web/index.ts', 'web/package-lock.json', '.gitignore'),
    ];
    const began = cpuTime();
    const { asOne, ignored, tooMany } = planFolder(files, [{ path: '.gitignore', text: 'target/\n*.o\n' }]);
    expect(cpuTime() - began).toBeLessThan(1_500);
    expect(asOne.map(({ path }) => path)).toEqual(['.gitignore', 'web/index.ts']);
    expect(ignored.files).toBe(60_003);
    expect(ignored.names.sort()).toEqual(['.git/', 'web/node_modules/', 'web/package-lock.json']);
    expect(tooMany).toBeUndefined();
  });

  it('says how many there are when there are too many', () => {
    expect(plan(many(20_000, (index) => `${index}.txt`))).toMatchObject({
      asOne: [],
      asFiles: [],
      tooMany: { files: 20_000, limit: mostFiles },
    });
  });

  it('is not held up by rules and paths that are made to be slow', () => {
    const name = 'a'.repeat(250);
    const files = listed(
      ...Array.from({ length: 2_000 }, (_, index) => `${index}/${name}`),
      `${'d/'.repeat(30_000)}x`,
    );
    const began = cpuTime();
    const rules = `${'*a'.repeat(40)}b\n${'**/'.repeat(30)}b\n${'x'.repeat(100_000)}\n*.o`;
    expect(planFolder(files, [{ path: '.gitignore', text: rules }]).asOne).toHaveLength(2_001);
    expect(cpuTime() - began).toBeLessThan(1_500);
  });
});
