import type { Dialog } from 'puppeteer-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { meanwhile } from './meanwhile.ts';
import { ask, draft, press, pressText, screenText, see, typeQuestion, waitForAnswer } from './steps.ts';
import {
  type Stage,
  seeAlert,
  seeInBothLanguages,
  seeNoAlert,
  seeNoDocument,
  seeOnlyPage,
  startStage,
} from './trouble-steps.ts';

const article = 'The Last Keepers of the Tide Book';
const question = 'What does it say?';

let stage: Stage;
let silentPageWasGivenUp: () => Promise<void>;
beforeAll(async () => {
  silentPageWasGivenUp = meanwhile(giveUpSilentPage);
  stage = await startStage();
});
afterAll(() => stage?.close());
beforeEach(() => stage.startOver());

describe('a page that cannot be read', () => {
  const isProtected = {
    english: {
      sentence:
        'Browsers keep extensions out of this page. You can still ask without it, or go to another tab.',
      actions: ['Read the tab in front'],
    },
    chinese: {
      sentence: '浏览器不允许扩展读取此页。 你仍可直接提问，或切换到其他标签页。',
      actions: ['读取当前标签页'],
    },
  };

  it.each(['chrome://version', 'chrome://extensions'])('says that browsers protect %s', async (address) => {
    const { harness, model, panel } = stage;
    await typeQuestion(panel, question);
    const tab = await stage.open(address);
    await seeInBothLanguages(stage, isProtected.english, isProtected.chinese);
    await harness.clickAction(tab);
    await seeAlert(panel, isProtected.english);
    expect(await draft(panel)).toBe(question);

    // The question can be asked all the same, without a page.
    await panel.focus('textarea');
    await panel.keyboard.press('Enter');
    await waitForAnswer(panel, 'Hello.');
    await see(panel, 'answers without a page');
    expect(model.requests[0]?.prompt).toContain(question);
    seeNoDocument(await stage.model.request(0));
  });

  it('reads the tab in front when the reader has left the protected page', async () => {
    const { panel } = stage;
    const tab = await stage.open('chrome://version');
    await seeAlert(panel, isProtected.english);
    await tab.goto(`${stage.pages.origin}/zh-article`);
    await seeNoAlert(panel);
    await see(panel, '青麦镇的最后一位敲钟人');
  });

  it('says that a page has no text, and reads it when it has some', async () => {
    const { model, panel } = stage;
    await typeQuestion(panel, question);
    const tab = await stage.open(`${stage.pages.origin}/empty`);
    await seeInBothLanguages(
      stage,
      {
        sentence:
          'This page has no readable text. I found 1 image and 0 frames, but no words. It may still be loading.',
        actions: ['Read the tab in front'],
      },
      {
        sentence: '这个网页没有可读的文字。 页面上有 1 张图片、0 个框架，没有文字。也许还没有加载完。',
        actions: ['读取当前标签页'],
      },
    );
    await tab.evaluate(() => {
      document.title = 'Late words';
      document.body.append('These words came late, after the panel had looked and found nothing to read.');
    });
    await press(panel, 'Read the tab in front');
    await seeNoAlert(panel);
    await see(panel, 'Late words');
    expect(await draft(panel)).toBe(question);
    await panel.focus('textarea');
    await panel.keyboard.press('Enter');
    expect((await model.request(0)).prompt).toContain('These words came late');
  });
});

describe('a page nobody allowed', () => {
  const notAsked = {
    english: {
      sentence:
        'I have not been asked to read this page yet. Click the Wholemoon button in the toolbar to read it, or let me read every tab you bring to the front.',
      actions: ['Allow on every site'],
    },
    chinese: {
      sentence: '还没有请我读这个网页。 点击工具栏上的望舒按钮即可读取，也可以允许我读取你打开的每个网页。',
      actions: ['允许读取所有网站'],
    },
  };

  it('is read by a click on the toolbar button', async () => {
    const { harness, pages, panel } = stage;
    await typeQuestion(panel, question);
    const tab = await stage.open(`${pages.otherOrigin}/zh-article`);
    await seeInBothLanguages(stage, notAsked.english, notAsked.chinese);
    expect(await screenText(panel)).not.toContain(article);
    await harness.clickAction(tab);
    await seeNoAlert(panel);
    await see(panel, '青麦镇的最后一位敲钟人');
    expect(await draft(panel)).toBe(question);
    await panel.focus('textarea');
    await panel.keyboard.press('Enter');
    seeOnlyPage('/zh-article', await stage.model.request(0));
  });

  it('is never sent: a question asked there goes without it', async () => {
    const { pages, panel } = stage;
    await stage.open(`${pages.otherOrigin}/zh-article`);
    await seeAlert(panel, notAsked.english);
    await ask(panel, question);
    await waitForAnswer(panel, 'Hello.');
    seeNoDocument(await stage.model.request(0));
  });
});

describe('leave to read every site', () => {
  it('is given with one click, and reads what is in front from then on', async () => {
    const { pages, panel } = stage;
    await stage.open(`${pages.otherOrigin}/zh-article`);
    await press(panel, 'Allow on every site');
    await seeNoAlert(panel);
    await see(panel, '青麦镇的最后一位敲钟人');
    await stage.open(`${pages.otherOrigin}/article`);
    await see(panel, article);
    await see(panel, `localhost:${new URL(pages.origin).port}`);
  });
});

describe('a page that does not answer', () => {
  it('is given up, and read when it answers again', () => silentPageWasGivenUp());
});

/** The patience of the reader, twenty seconds, passes beside the other tests. */
async function giveUpSilentPage(): Promise<void> {
  const stage = await startStage();
  try {
    const { pages, panel } = stage;
    const tab = await stage.open(`${pages.origin}/zh-article`);
    await see(panel, '青麦镇的最后一位敲钟人');
    await typeQuestion(panel, question);
    const dialog = new Promise<Dialog>((resolve) => tab.once('dialog', resolve));
    await tab.evaluate(() => void setTimeout(() => alert('Nothing goes on behind this.')));
    const asking = await dialog;
    await pressText(panel, 'What was read');
    await press(panel, 'Read again');
    const english = {
      sentence: 'The page does not respond. It may be showing a dialog or be very busy. Nothing was lost.',
      actions: ['Read the tab in front'],
    };
    await seeAlert(panel, english, 40_000);
    await seeInBothLanguages(stage, english, {
      sentence: '网页没有响应。 可能正显示对话框，或非常繁忙。没有丢失任何内容。',
      actions: ['读取当前标签页'],
    });
    expect(await draft(panel)).toBe(question);
    await asking.accept();
    await press(panel, 'Read the tab in front');
    await seeNoAlert(panel);
    await see(panel, '青麦镇的最后一位敲钟人');
  } finally {
    await stage.close();
  }
}
