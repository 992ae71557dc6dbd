/** What each page that a search finds answers with: those that can be read, and those that stand in the way. */
import { setTimeout } from 'node:timers/promises';
import { encodeAs } from '../fixtures/encodings.ts';
import { type FoundText, foundChineseText, foundHtml, foundText } from '../fixtures/found-texts.ts';
import { writePdf } from '../fixtures/pdf.ts';
import { paragraph } from '../fixtures/pdf-documents.ts';
import type { Answer, FoundPage } from './search-pages.ts';
import { makeTraps } from './search-traps.ts';

export interface Made {
  pages: FoundPage[];
  /** By host and path, `tides.example/eels`; `*` for every host. */
  answers: Map<string, Answer>;
}

export type Address = (host: string, path: string) => string;

export const html =
  (body: string | Uint8Array, { status = 200, ...headers }: Record<string, string | number> = {}): Answer =>
  (_, response) => {
    response.writeHead(status as number, { 'content-type': 'text/html; charset=utf-8', ...headers });
    response.end(body);
  };

export const redirect =
  (to: string, status = 302): Answer =>
  (_, response) => {
    response.writeHead(status, { location: to }).end();
  };

/** All pages, each under a host of its own. `slow` is a pause in milliseconds. */
export function makeAnswers(address: Address, slow: number): Made {
  const pages: FoundPage[] = [];
  const answers = new Map<string, Answer>();
  const add = (
    kind: string,
    title: string,
    [host, path]: [host: string, path: string],
    answer: Answer | undefined,
    more: Pick<FoundPage, 'trouble' | 'at'> & { text?: FoundText } = {},
  ) => {
    if (answer) answers.set(`${host}${path.split('?', 1)[0]}`, answer);
    const { text, ...rest } = more;
    pages.push({ kind, title, url: address(host, path), fact: text?.fact, last: text?.last, ...rest });
  };
  const also = (host: string, path: string, answer: Answer) => answers.set(`${host}${path}`, answer);

  const year3 = foundText('the third-year report', 60, 11);
  add(
    'static',
    'Eel passage: third-year report',
    ['tides.example', '/eels'],
    html(foundHtml('Eel passage', year3)),
    { text: year3 },
  );

  const diary = foundText('the monitoring diary', 60, 12);
  add(
    'scripts',
    'Carrow trust: monitoring diary',
    ['diary.example', '/'],
    html(shellOf('Monitoring diary', '/diary.json')),
    { text: diary },
  );
  also('diary.example', '/diary.json', (_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(diary.paragraphs));
  });

  const minutes = foundText('the board minutes', 60, 13);
  add(
    'slow',
    'River board minutes',
    ['board.example', '/minutes'],
    slowly(foundHtml('River board minutes', minutes), slow),
    { text: minutes },
  );

  const closed =
    '<!doctype html><title>403 Forbidden</title><h1>Forbidden</h1><p>You have no access to this page.</p>';
  add('refused', 'Turbine strike: a review', ['review.example', '/strike'], html(closed, { status: 403 }), {
    trouble: 'link-refused',
  });

  const survey = foundText('the printed survey', 90, 14);
  add('pdf', 'The printed survey (PDF)', ['library.example', '/survey.pdf'], pdf(survey), { text: survey });

  const gazette = foundChineseText('县志', 60, 15);
  const chinese = foundHtml('县志里的鳗鱼', gazette, { language: 'zh-CN', head: '<meta charset="gbk">' });
  add(
    'gbk',
    '县志里的鳗鱼',
    ['county.example', '/gazette'],
    html(encodeAs('gbk', chinese), { 'content-type': 'text/html' }),
    { text: gazette },
  );

  const novel = foundText('the tide novel', 9_500, 16);
  const novelHtml = foundHtml('The Tide Novel', novel);
  add('novel', 'The Tide Novel, complete', ['novel.example', '/complete'], html(novelHtml), { text: novel });

  const asked = `/ask?continue=${encodeURIComponent(address('press.example', '/eels'))}`;
  add(
    'consent',
    'The press on eels',
    ['press.example', '/eels'],
    redirect(address('consent.press.example', asked)),
    { trouble: 'link-consent' },
  );
  also('consent.press.example', '/ask', html(consentWall));

  const letters = foundText('the letters page', 60, 17);
  const end = address('letters.example', '/2026/eels');
  add(
    'redirects',
    'Letters: the eels',
    ['short.example', '/e'],
    redirect(address('short.example', '/e2'), 301),
    { text: letters, at: end },
  );
  also('short.example', '/e2', redirect(address('letters.example', '/eels'), 307));
  also('letters.example', '/eels', redirect('/2026/eels', 308));
  also('letters.example', '/2026/eels', html(foundHtml('Letters', letters)));

  add(
    'loopback',
    'Router of the house',
    ['127.0.0.1', '/router'],
    html(foundHtml('Router', foundText('the router', 30, 18))),
    { trouble: 'link-private' },
  );

  const thread = foundText('the anglers’ thread', 60, 19);
  add(
    'thread',
    'Anglers on silver eels',
    ['anglers.example', '/t/81'],
    html(foundHtml('Silver eels?', thread)),
    { text: thread },
  );
  const banner = foundText('the open magazine', 60, 20);
  add(
    'banner',
    'Magazine: eels at night',
    ['magazine.example', '/eels'],
    html(foundHtml('Eels at night', banner, { after: consentBanner })),
    { text: banner },
  );
  const notes = foundText('the plain notes', 60, 21);
  add(
    'plain',
    'notes.txt',
    ['notes.example', '/notes.txt'],
    (_, response) => {
      response
        .writeHead(200, { 'content-type': 'text/plain; charset=utf-8' })
        .end(notes.paragraphs.join('\n\n'));
    },
    { text: notes },
  );

  makeTraps({ add, also, address });
  return { pages, answers };
}

/** A page that is empty until its scripts have fetched and written it, piece by piece, without drawing frames. */
const shellOf = (title: string, data: string) => `<!doctype html><html lang="en"><head><meta charset="utf-8">
<title>${title}</title></head><body><div id="root"></div>
<noscript>You need to enable JavaScript to run this app.</noscript>
<script type="module">
const texts = await (await fetch('${data}')).json();
const root = document.querySelector('#root').appendChild(document.createElement('article'));
root.appendChild(document.createElement('h1')).textContent = document.title;
for (let start = 0; start < texts.length; start += 20) {
  await new Promise((resolve) => setTimeout(resolve, 150));
  for (const text of texts.slice(start, start + 20)) root.appendChild(document.createElement('p')).textContent = text;
}
</script></body></html>`;

/** Waits before its head and in its middle. */
function slowly(page: string, pause: number): Answer {
  return async (_, response) => {
    await setTimeout(pause);
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    const middle = page.indexOf('</p>', page.length / 2);
    response.write(page.slice(0, middle));
    await setTimeout(pause);
    response.end(page.slice(middle));
  };
}

function pdf({ paragraphs, about }: FoundText): Answer {
  const perPage = 6;
  const pages = Array.from({ length: Math.ceil(paragraphs.length / perPage) }, (_, index) => ({
    texts: paragraphs
      .slice(index * perPage, (index + 1) * perPage)
      .flatMap((text, row) => paragraph(text, { x: 72, y: 740 - row * 110, width: 468 })),
  }));
  const bytes = writePdf({ pages, title: `Survey: ${about}`, language: 'en' });
  return (_, response) => {
    response.writeHead(200, { 'content-type': 'application/pdf', 'content-length': String(bytes.length) });
    response.end(bytes);
  };
}

/** The whole page is a question, as the large portals ask it: nothing of what was looked for stands here. */
const consentWall = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Before you continue</title></head>
<body><main><h1>Before you continue to Press</h1>
<p>We and our 842 partners use cookies and data to deliver and maintain our services, and to show personalised content.</p>
<form action="/save" method="post"><input type="hidden" name="continue" value="x">
<button name="set" value="no">Reject all</button> <button name="set" value="yes">Accept all</button></form>
<p><a href="/privacy">Privacy policy</a> <a href="/terms">Terms</a></p></main></body></html>`;

/** Lies over a page whose text is all there. */
const consentBanner = `<div id="cookie-banner" role="dialog" aria-label="Cookies" style="position:fixed;inset:auto 0 0 0">
<p>We use cookies.</p><button>Reject all</button><button>Accept all</button></div>`;
