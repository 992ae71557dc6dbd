/** Pages that stand in the way of whoever reads what a search has found. */
import { setTimeout } from 'node:timers/promises';
import { type FoundText, foundHtml, foundText } from '../fixtures/found-texts.ts';
import { type Address, html, redirect } from './search-answers.ts';
import type { Answer, FoundPage } from './search-pages.ts';

interface Making {
  add(
    kind: string,
    title: string,
    place: [host: string, path: string],
    answer: Answer | undefined,
    more?: Pick<FoundPage, 'trouble' | 'at'> & { text?: FoundText },
  ): void;
  also(host: string, path: string, answer: Answer): void;
  address: Address;
}

const simple = (title: string, body: string, head = '') =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title>${head}</head><body>${body}</body></html>`;

export function makeTraps({ add, also, address }: Making): void {
  add('loop', 'Round and round', ['loop.example', '/a'], redirect('/b'), { trouble: 'link-unreachable' });
  also('loop.example', '/b', redirect('/a'));
  add('to-private', 'Leads home', ['lure.example', '/home'], redirect(address('127.0.0.1', '/router')), {
    trouble: 'link-private',
  });
  add(
    'script-to-private',
    'Leads home by script',
    ['lure.example', '/script'],
    html(
      simple(
        'Moving',
        `<div id="root"></div><script>location.replace('${address('localhost', '/router')}')</script>`,
      ),
    ),
    { trouble: 'link-private' },
  );

  // 500 MB, said and not said.
  add('huge', 'The whole archive', ['huge.example', '/said'], huge(true), { trouble: 'file-too-large' });
  add('huge-unsaid', 'The whole archive, without its size', ['huge.example', '/unsaid'], huge(false), {
    trouble: 'file-too-large',
  });
  add(
    'endless',
    'A page without an end',
    ['endless.example', '/'],
    async (_, response) => {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
      response.write('<!doctype html><title>Endless</title><article>');
      for (let line = 1; !response.destroyed; line++) {
        response.write(`<p>Line ${line} of a page that goes on.</p>`);
        await setTimeout(100);
      }
    },
    { trouble: 'link-endless' },
  );
  add('silent', 'Never answers', ['silent.example', '/'], () => {}, { trouble: 'link-slow' });
  add(
    'stalled',
    'Stops in its middle',
    ['silent.example', '/stalled'],
    (_, response) => {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
      response.write('<!doctype html><title>Stalled</title><article><p>It begins and goes no further.');
    },
    { trouble: 'link-slow' },
  );
  add(
    'broken',
    'Breaks off',
    ['broken.example', '/'],
    (_, response) => {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-length': '90000' });
      response.write('<!doctype html><title>Broken</title><article><p>It begins.</p>', () =>
        response.destroy(),
      );
    },
    { trouble: 'file-cut' },
  );

  const twin = foundText('the twin page', 60, 31);
  add('twin', 'Twin', ['one.example', '/twin'], html(foundHtml('Twin', twin)), { text: twin });
  add('twin-again', 'Twin, elsewhere', ['two.example', '/copy'], html(foundHtml('Twin', twin)), {
    text: twin,
  });
  const near = {
    ...twin,
    paragraphs: twin.paragraphs.map((text, index) => (index === 7 ? `${text} Yes.` : text)),
  };
  add('near-twin', 'Almost the twin', ['three.example', '/near'], html(foundHtml('Twin', near)), {
    text: twin,
  });

  add('sign-in', 'For members', ['members.example', '/eels'], redirect('/login?next=%2Feels'), {
    trouble: 'link-sign-in',
  });
  also('members.example', '/login', html(signIn));
  add(
    'unauthorized',
    'For members, by status',
    ['members.example', '/private'],
    html(simple('401', '<h1>Unauthorized</h1>'), { status: 401, 'www-authenticate': 'Bearer' }),
    { trouble: 'link-sign-in' },
  );
  const teaser = 'Subscribe to read the rest of this article. Already a subscriber? Sign in. ';
  add(
    'paywall',
    'For subscribers',
    ['daily.example', '/eels'],
    html(
      simple(
        'Eels',
        `<article><h1>Eels</h1><p>It was a night like no other at the sluice.</p></article><section class="paywall"><p>${teaser}</p></section><script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":false}</script><script>/* counts visits */</script>`,
      ),
    ),
    { trouble: 'link-sign-in' },
  );
  add(
    'bot-check',
    'Checks who comes',
    ['guarded.example', '/eels'],
    html(botCheck, { status: 403, 'cf-mitigated': 'challenge' }),
    { trouble: 'link-bot-check' },
  );

  const guarded = foundText('the guarded page', 40, 32);
  add(
    'bot-check-passed',
    'Checks who comes, and lets browsers in',
    ['guarded.example', '/open'],
    (request, response, url) => {
      if (request.headers.cookie?.includes('passed=1'))
        return html(foundHtml('Guarded', guarded))(request, response, url);
      const pass = `${botCheck}<script>setTimeout(() => { document.cookie = 'passed=1'; location.reload(); }, 700)</script>`;
      return html(pass, { status: 403, 'cf-mitigated': 'challenge' })(request, response, url);
    },
    { text: guarded },
  );

  add('empty', 'Nothing', ['empty.example', '/'], html(simple('', '')), { trouble: 'page-empty' });
  add(
    'scripts-off',
    'Wants scripts and does nothing with them',
    ['lazy.example', '/'],
    html(
      simple(
        'App',
        '<div id="root"></div><noscript>Please enable JavaScript to continue using this application.</noscript><script>globalThis.app = 1</script>',
      ),
    ),
    { trouble: 'link-unseen' },
  );
  add(
    'picture',
    'A picture',
    ['gallery.example', '/eel.png'],
    (_, response) => {
      response.writeHead(200, { 'content-type': 'image/png' }).end('PNG');
    },
    { trouble: 'link-kind' },
  );

  // Whatever a page can do to draw attention, in a tab that nobody looks at; its text comes by a script.
  const loud = foundText('the loud page', 40, 33);
  add('loud', 'Opens dialogs, windows and files', ['loud.example', '/'], html(loudPage), { text: loud });
  also('loud.example', '/loud.json', (_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(loud.paragraphs));
  });
  also('loud.example', '/file.zip', (_, response) => {
    response
      .writeHead(200, {
        'content-type': 'application/zip',
        'content-disposition': 'attachment; filename="loud.zip"',
      })
      .end('PK');
  });
  also('loud.example', '/popup', html(simple('Popup', '<p>I was opened by a page.</p>')));
  add(
    'download',
    'A download',
    ['loud.example', '/save'],
    (_, response) => {
      response
        .writeHead(200, {
          'content-type': 'application/zip',
          'content-disposition': 'attachment; filename="eels.zip"',
        })
        .end('PK');
    },
    { trouble: 'link-kind' },
  );
  add(
    'script-download',
    'Becomes a download',
    ['loud.example', '/later'],
    html(simple('Later', `<div id="root"></div><script>location.href = '/file.zip'</script>`)),
    { trouble: 'link-unseen' },
  );
  add(
    'mail',
    'Leads to a mail',
    ['loud.example', '/mail'],
    html(simple('Mail', `<div id="root"></div><script>location.href = 'mailto:eel@loud.example'</script>`)),
    { trouble: 'link-unseen' },
  );
  add(
    'restless',
    'Never comes to rest',
    ['loud.example', '/restless'],
    html(
      simple(
        'Restless',
        `<div id="root"></div><script>let n = 0; setInterval(() => { document.querySelector('#root').appendChild(document.createElement('p')).textContent = 'Tick ' + ++n + ' of a page that never rests, as it has said before.'; }, 200)</script>`,
      ),
    ),
  );
  add(
    'script-loop',
    'Sends itself round by script',
    ['loud.example', '/spin'],
    html(simple('Spin', `<script>setTimeout(() => location.replace('/spin?' + Math.random()), 50)</script>`)),
    { trouble: 'link-unseen' },
  );
}

/** As much as an archive: 500 MB, made as they are sent, and only as fast as they are taken. */
function huge(isSaid: boolean): Answer {
  const size = 500 * 2 ** 20;
  const piece = Buffer.from(`<p>${'The archive goes on. '.repeat(50_000)}</p>`);
  return (_, response) => {
    const head = { 'content-type': 'text/html; charset=utf-8' };
    response.writeHead(200, isSaid ? { ...head, 'content-length': String(size) } : head);
    let sent = 0;
    const more = () => {
      while (sent < size && !response.destroyed) {
        const next = piece.subarray(0, Math.min(piece.length, size - sent));
        sent += next.length;
        if (!response.write(next)) return void response.once('drain', more);
      }
      response.end();
    };
    more();
  };
}

const signIn = simple(
  'Sign in',
  `<main><h1>Sign in to read on</h1><form method="post"><label>Name <input name="user" autocomplete="username"></label>
<label>Password <input type="password" name="password"></label><button>Sign in</button></form></main><script>/* counts */</script>`,
);

/** In the form in which the largest of these services asks. */
const botCheck = simple(
  'Just a moment...',
  `<div class="main-wrapper"><h1>guarded.example</h1><h2>Checking if the site connection is secure</h2>
<div id="challenge-stage"></div><noscript>Enable JavaScript and cookies to continue</noscript></div>
<script>window._cf_chl_opt = { cType: 'managed' };</script>`,
  '<meta name="robots" content="noindex,nofollow"><script src="/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1?ray=1"></script>',
);

const loudPage = simple(
  'Loud',
  `<div id="root"></div><script>
addEventListener('beforeunload', (event) => { event.preventDefault(); event.returnValue = 'stay'; });
open('/popup'); open('/popup', 'small', 'width=200,height=200');
const link = document.createElement('a');
link.href = '/file.zip'; link.download = 'loud.zip'; link.click();
try { print(); } catch {}
try { Notification.requestPermission(); navigator.geolocation.getCurrentPosition(() => {}); } catch {}
document.documentElement.requestFullscreen?.().catch(() => {});
setTimeout(async () => {
  const texts = await (await fetch('/loud.json')).json();
  const root = document.querySelector('#root').appendChild(document.createElement('article'));
  for (const text of texts) root.appendChild(document.createElement('p')).textContent = text;
  focus();
  alert('Look at me'); confirm('Are you there?'); prompt('Who are you?');
}, 100);
</script>`,
);
