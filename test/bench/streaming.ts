/**
 * What drawing a long streamed answer costs in the real panel: CPU time of its renderer, in total and for each
 * quarter of the answer. A renderer that draws old text again gets dearer towards the end; the growth says so.
 *
 *   npm run bench -- [characters]
 */
import { launch } from '../end-to-end/harness.ts';
import { connectModel, openPanelOn, summarize, waitForAnswerEnd } from '../end-to-end/steps.ts';
import { startModelServer } from '../servers/model-server.ts';
import { startPageServer } from '../servers/page-server.ts';
import { longAnswer } from './stream/texts.ts';

const length = Number(process.argv[2] ?? 80_000);
/** 200 tokens a second, four characters each, in events of one token. */
const charactersPerSecond = 800;

const pages = await startPageServer();
const model = await startModelServer();
const harness = await launch({ grant: ['<all_urls>'] });
try {
  await connectModel(harness, { baseUrl: model.baseUrl, model: 'bench' });
  const { panel } = await openPanelOn(harness, `${pages.origin}/article`);
  const text = longAnswer(length);
  model.always({ text, chunkCharacters: 4, chunkDelay: 4000 / charactersPerSecond });
  const metrics = await panel.createCDPSession();
  await metrics.send('Performance.enable');
  const cpu = async () => {
    const { metrics: values } = await metrics.send('Performance.getMetrics');
    return values.find(({ name }) => name === 'TaskDuration')?.value ?? 0;
  };
  await summarize(panel);
  const marks = [await cpu()];
  for (const share of [0.25, 0.5, 0.75]) {
    await panel.waitForFunction(
      // Marks are not drawn, so the drawn text is a little shorter than what was sent.
      (least) => (document.querySelector('article .markdown')?.textContent?.length ?? 0) >= least,
      { timeout: 0, polling: 500 },
      text.length * share * 0.9,
    );
    marks.push(await cpu());
  }
  await waitForAnswerEnd(panel, (length / charactersPerSecond) * 4_000);
  marks.push(await cpu());
  const quarters = marks.slice(1).map((value, index) => value - (marks[index] ?? 0));
  const total = quarters.reduce((sum, value) => sum + value, 0);
  console.log(`${text.length.toLocaleString('en')} characters at ${charactersPerSecond} a second`);
  console.log(
    `CPU of the panel: ${total.toFixed(1)} s; by quarter: ${quarters.map((q) => q.toFixed(1)).join(' · ')} s`,
  );
  console.log(`growth, last quarter to first: ${((quarters[3] ?? 0) / (quarters[0] || 1)).toFixed(2)}`);
} finally {
  await harness.close();
  await pages.close();
  await model.close();
}
