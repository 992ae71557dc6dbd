import { describe, expect, it } from 'vitest';
import { readNotebook } from '@/utils/files/notebook';
import { notebook } from '../fixtures/files/notebook.ts';
import { bytesOf, falseMarks, shown } from './read.ts';

const read = (bytes: Uint8Array<ArrayBuffer>) => readNotebook(bytes, { name: 'levels.ipynb' });

const frame =
  '<div><style>.dataframe { color: red }</style><table border="1" class="dataframe"><thead><tr><th></th><th>mill</th><th>level</th></tr></thead>' +
  '<tbody><tr><th>0</th><td>Upper</td><td>12.5</td></tr><tr><th>1</th><td>Lower | old</td><td>9</td></tr></tbody></table></div>';

describe('a notebook', () => {
  it('has its cells in order with their numbers, and what they printed below them', async () => {
    const reading = await read(
      notebook([
        {
          type: 'markdown',
          source: '# Water levels\n\nMeasured every *morning*.\n\n- upper mill\n- lower mill',
        },
        {
          type: 'code',
          source: 'import pandas as pd\n\nfor n in range(3):\n    print(n)',
          outputs: [
            { output_type: 'stream', name: 'stdout', text: ['0\n', '1\n'] },
            { output_type: 'stream', name: 'stdout', text: '2\n' },
          ],
        },
        {
          type: 'code',
          source: 'frame',
          outputs: [
            { output_type: 'execute_result', data: { 'text/plain': '   mill  level', 'text/html': [frame] } },
          ],
        },
        {
          type: 'code',
          source: 'plot(frame)',
          outputs: [
            {
              output_type: 'display_data',
              data: { 'image/png': 'iVBORw0', 'text/plain': '<Figure size 640x480 with 1 Axes>' },
            },
          ],
        },
        {
          type: 'code',
          source: '1/0',
          outputs: [
            {
              output_type: 'error',
              ename: 'ZeroDivisionError',
              evalue: 'division by zero',
              traceback: [
                '\u001b[0;31m---------\u001b[0m',
                '\u001b[0;31mZeroDivisionError\u001b[0m: division by zero',
              ],
            },
          ],
        },
        { type: 'raw', source: 'kept as it is' },
      ]),
    );
    expect(shown(reading)).toEqual([
      'heading [cell 1]: # Water levels',
      'text [cell 1]: Measured every *morning*.',
      'list-item [cell 1]: - upper mill',
      'list-item [cell 1]: - lower mill',
      'code [cell 2]: ```python\nimport pandas as pd\n\nfor n in range(3):\n    print(n)\n```',
      'code [cell 2]: ```output\n0\n1\n2\n```',
      'code [cell 3]: ```python\nframe\n```',
      'table [cell 3]: |  | mill | level |\n| --- | --- | --- |\n| 0 | Upper | 12.5 |\n| 1 | Lower \\| old | 9 |',
      'code [cell 4]: ```python\nplot(frame)\n```',
      'code [cell 5]: ```python\n1/0\n```',
      'code [cell 5]: ```output\n---------\nZeroDivisionError: division by zero\n```',
      'code [cell 6]: ```\nkept as it is\n```',
    ]);
    expect(reading.file.units).toEqual({ notebookCells: 6 });
    expect(reading.gaps).toEqual([{ why: 'pictures', size: 1 }]);
    expect(reading.text).not.toContain('secret tag');
    expect(reading.title).toBe('levels.ipynb');
  });

  it('is read in format 3, too', async () => {
    const reading = await read(
      notebook(
        [
          { type: 'heading', source: 'Old levels', level: 2 },
          { type: 'markdown', source: 'Kept since 2012.' },
          {
            type: 'code',
            source: 'print(1)',
            outputs: [
              { output_type: 'stream', stream: 'stdout', text: ['1\n'] },
              { output_type: 'pyout', text: ['42'], png: 'iVBORw0' },
              {
                output_type: 'pyerr',
                ename: 'NameError',
                evalue: 'x',
                traceback: ['Traceback', 'NameError: x'],
              },
            ],
          },
        ],
        3,
      ),
    );
    expect(shown(reading)).toEqual([
      'heading [cell 1]: ## Old levels',
      'text [cell 2]: Kept since 2012.',
      'code [cell 3]: ```python\nprint(1)\n```',
      'code [cell 3]: ```output\n1\n```',
      'code [cell 3]: ```output\n42\n```',
      'code [cell 3]: ```output\nTraceback\nNameError: x\n```',
    ]);
    expect(reading.gaps).toEqual([{ why: 'pictures', size: 1 }]);
  });

  it('shows a bar of progress once, and Markdown, LaTeX and JSON as what they are', async () => {
    const reading = await read(
      notebook([
        {
          type: 'code',
          source: '%%sql\nselect 1',
          outputs: [
            { output_type: 'stream', name: 'stderr', text: '  1%|#\r 50%|###\r100%|#####\ndone\n' },
            {
              output_type: 'display_data',
              data: {
                'text/markdown': '**Mean** 12.5',
                'text/plain': '<IPython.core.display.Markdown object>',
              },
            },
            {
              output_type: 'display_data',
              data: { 'text/latex': '$\\frac{1}{2}$', 'text/plain': '<IPython.core.display.Math object>' },
            },
            {
              output_type: 'display_data',
              data: {
                'application/json': { mill: 'lower' },
                'text/plain': '<IPython.core.display.JSON object>',
              },
            },
            {
              output_type: 'display_data',
              data: { 'application/vnd.plotly.v1+json': {}, 'text/html': '<script>draw()</script>' },
            },
            { output_type: 'display_data', data: { 'application/x-nobody-knows': 1 } },
            {
              output_type: 'display_data',
              data: { 'text/html': '<b>Only</b> a page', 'text/plain': '<IPython.core.display.HTML object>' },
            },
          ],
        },
      ]),
    );
    expect(shown(reading).slice(1)).toEqual([
      'code [cell 1]: ```output\n100%|#####\ndone\n```',
      'text [cell 1]: **Mean** 12.5',
      'text [cell 1]: $\\frac{1}{2}$',
      'code [cell 1]: ```json\n{\n "mill": "lower"\n}\n```',
      'text [cell 1]: **Only** a page',
    ]);
    expect(shown(reading)[0]).toContain('```sql\n%%sql');
    expect(reading.gaps).toEqual([
      { why: 'charts', size: 1 },
      { why: 'unread-parts', size: 1, sample: 'application/x-nobody-knows' },
    ]);
  });

  it('reads what is there of hostile ones, and refuses what is none', async () => {
    const strange = {
      cells: [null, 3, { cell_type: 'code', source: 7, outputs: 'x' }, { source: ['¶1 a\n', 4, '¶2 b'] }],
      metadata: [],
    };
    const reading = await read(bytesOf(JSON.stringify(strange)));
    expect(reading.text).toBe('¶1 [cell 2] ¶1 a\n ¶2 b');
    expect(falseMarks(reading)).toBe(0);
    expect(reading.gaps).toEqual([{ why: 'unread-parts', size: 2 }]);
    const whole = notebook([{ type: 'markdown', source: 'a' }]);
    for (const bytes of [whole.slice(0, -20), bytesOf('[1]'), bytesOf('{"cells":4}'), bytesOf('null')])
      await expect(read(bytes)).rejects.toMatchObject({ code: 'file-broken' });
    await expect(read(notebook([]))).rejects.toMatchObject({ code: 'file-nothing' });
    await expect(read(bytesOf(`${'['.repeat(200_000)}`))).rejects.toMatchObject({ code: 'file-broken' });
  });
});
