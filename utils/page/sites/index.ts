import { arxiv } from './arxiv';
import { baidu } from './baidu';
import { bilibili } from './bilibili';
import { bing } from './bing';
import { discourse } from './discourse';
import { duckDuckGo } from './duckduckgo';
import { github } from './github';
import { gmail } from './gmail';
import { google } from './google';
import { googleDocs } from './google-docs';
import { hackerNews } from './hacker-news';
import { outlook } from './outlook';
import { protonMail } from './proton-mail';
import { reddit } from './reddit';
import { stackOverflow } from './stack-overflow';
import type { Site } from './types';
import { wechat } from './wechat';
import { wikipedia } from './wikipedia';
import { x } from './x';
import { youtube } from './youtube';
import { zhihu } from './zhihu';

/** Every adapter has its line here. Order does not matter: hosts are distinct, and software is asked last. */
export const sites: readonly Site[] = [
  arxiv,
  baidu,
  bilibili,
  bing,
  discourse,
  duckDuckGo,
  github,
  gmail,
  google,
  googleDocs,
  hackerNews,
  outlook,
  protonMail,
  reddit,
  stackOverflow,
  wechat,
  wikipedia,
  x,
  youtube,
  zhihu,
];
