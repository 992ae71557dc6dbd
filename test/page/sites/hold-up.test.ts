import { describe } from 'vitest';
import { arxiv } from '@/utils/page/sites/arxiv';
import { bilibili } from '@/utils/page/sites/bilibili';
import { github } from '@/utils/page/sites/github';
import { stackOverflow } from '@/utils/page/sites/stack-overflow';
import type { Site } from '@/utils/page/sites/types';
import { wechat } from '@/utils/page/sites/wechat';
import { wikipedia } from '@/utils/page/sites/wikipedia';
import { youtube } from '@/utils/page/sites/youtube';
import { holdsUp } from './held-up';

const repository = 'https://github.com/saltworks/gauge';
const pages: [Site, string, string][] = [
  [arxiv, 'arxiv-abstract.html', 'https://arxiv.org/abs/2605.01234'],
  [arxiv, 'arxiv-paper.html', 'https://arxiv.org/html/2605.01234v2'],
  [bilibili, 'bilibili.html', 'https://www.bilibili.com/video/BV1invented/'],
  [github, 'github-file.html', `${repository}/blob/main/src/flush.ts`],
  [github, 'github-issue.html', `${repository}/issues/56`],
  [github, 'github-pull.html', `${repository}/pull/57`],
  [github, 'github-repository.html', repository],
  [stackOverflow, 'stack-overflow.html', 'https://stackoverflow.com/questions/7001/why'],
  [wechat, 'wechat.html', 'https://mp.weixin.qq.com/s/invented'],
  [wechat, 'wechat-pictures.html', 'https://mp.weixin.qq.com/s/invented'],
  [wikipedia, 'wikipedia.html', 'https://en.wikipedia.org/wiki/Marsh_lantern'],
  [wikipedia, 'wikipedia-mobile-zh.html', 'https://zh.m.wikipedia.org/wiki/盐灯'],
  [youtube, 'youtube.html', 'https://www.youtube.com/watch?v=saltpan0001'],
];

describe.each(pages)('$id', (site, file, url) => {
  holdsUp(site, file, url);
});
