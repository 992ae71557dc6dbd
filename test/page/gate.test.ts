import { JSDOM } from 'jsdom';
import { describe, expect, it } from 'vitest';
import { gateOf } from '@/utils/page/gate';

const gate = (body: string, { words = 20, url = 'https://a.test/eels', head = '<title>Eels</title>' } = {}) =>
  gateOf(new JSDOM(`<!doctype html><html><head>${head}</head><body>${body}</body></html>`).window.document, {
    url,
    words,
  });
const banner = '<div><p>We use cookies.</p><button>Reject all</button><button>Accept all</button></div>';
const closed =
  '<script type="application/ld+json">{"isAccessibleForFree": "False", "hasPart": {"cssSelector": ".paid"}}</script>';
const password = '<form><input type="password"></form>';

describe('what stands in front of a page', () => {
  it.each([
    ['<div id="challenge-stage"></div>', {}, 'bot-check'],
    ['<script>window._cf_chl_opt = {}</script>', {}, 'bot-check'],
    ['', { head: '<title>Just a moment...</title>' }, 'bot-check'],
    ['', { head: '<title>百度安全验证</title>' }, 'bot-check'],
    ['<iframe src="https://geo.captcha-delivery.com/x"></iframe>', {}, 'bot-check'],
    ['<form><div class="g-recaptcha"></div></form>', {}, 'bot-check'],
    [banner, {}, 'consent'],
    [
      '<form method="post"><button>Alle akzeptieren</button></form>',
      { url: 'https://consent.a.test/x', words: 150 },
      'consent',
    ],
    ['<button>Accept all</button>', { head: '<title>Before you continue</title>', words: 150 }, 'consent'],
    [password, { words: 120 }, 'sign-in'],
    ['<input type="email">', { url: 'https://a.test/login?next=1' }, 'sign-in'],
    [`<p>Teaser</p>${closed}`, { words: 300 }, 'sign-in'],
    ['<div id="root"></div><script src="/app.js"></script>', { words: 100 }, 'scripts'],
    [
      '<noscript>Please enable JavaScript.</noscript><script src="/app.js"></script>',
      { words: 100 },
      'scripts',
    ],
    ['<script src="/app.js"></script>', { words: 10 }, 'scripts'],
  ])('%s %o is %s', (body, options, expected) => expect(gate(body, options)).toBe(expected));
});

describe('what only looks like it, and is the page', () => {
  it.each([
    ['a banner over a short page', banner, { words: 120 }],
    [
      'the form of a page that checks its comments',
      '<form><div class="g-recaptcha"></div></form>',
      { words: 120 },
    ],
    ['a form for signing in at the top', `<header>${password}</header>`, { words: 120 }],
    [
      'a page of many words with all of them',
      `${banner + password}<div id="challenge-stage"></div>`,
      { words: 900 },
    ],
    [
      'the counter of a service that checks on other pages',
      '<script src="/cdn-cgi/challenge-platform/scripts/jsd/main.js"></script>',
      { words: 120 },
    ],
    [
      'a text for subscribers that is all there',
      `${closed}<div class="paid">${'eel '.repeat(150)}</div>`,
      { words: 160 },
    ],
    ['a short page without scripts', '<p>Closed on Mondays.</p>', { words: 3 }],
  ])('%s', (_, body, options) => expect(gate(body, options)).toBeUndefined());
});
