/** What the words of a short text or a heading say about it, in the languages most pages are written in. */
export const phrases = {
  /** Headings over lists of other pages. */
  elsewhere:
    /^\W*(?:related|recommended|suggested|similar|you (?:may|might|could) (?:also )?(?:like|be interested|enjoy|want)|(?:customers|people|others) (?:also|who)|more (?:from|in|on|about|stories|articles|news|posts|like|to|great|reading)|read (?:more|next|also|this)|see also|popular|most (?:read|popular|viewed|shared|recent)|trending|latest|recent(?:ly)?|top (?:stories|posts|news|picks)|also (?:on|in|read|from)|up next|next up|what to read|explore|discover|keep reading|featured|editor'?s picks?|don'?t miss|in this (?:series|section)|other (?:articles|posts|products|stories)|hot (?:topics|network)|new(?:est)? (?:topics|posts)|sponsored|promoted|around the web|frequently bought|complete the look|shop (?:the|by|all|more)|ähnliche|mehr (?:zum|aus|von)|lesen sie|das könnte|à lire|lire aussi|voir aussi|articles? (?:similaires|liés|récents)|noticias relacionadas|te puede|lea también|más leíd|leia (?:também|mais)|veja (?:também|mais)|leggi anche|potrebbe|baca juga|lees ook|читайте также|похожие|相关|推荐|热门|最新|更多|猜你喜欢|延伸阅读|热点|排行|精彩|阅读下一篇|上一篇|下一篇|関連|おすすめ|人気|ランキング|最近の|あわせて読みたい|관련|추천|인기)/i,
  discussion:
    /^\W*(?:\d[\d.,k]*\s*)?(?:comments?|repl(?:y|ies)|answers?|discussion|reviews?|responses?|customer reviews|questions?|q ?& ?a|thoughts|leave a|join the|kommentare|commentaires|comentarios|comentários|commenti|评论|回复|回答|网友|留言|コメント|回答|댓글)/i,
  /** Buttons and links that do something. */
  action:
    /^\W*(?:share|tweet|pin(?: it)?|print|email|e-mail|copy(?: link)?|save|bookmark|like|follow|subscribe|sign (?:in|up)|log ?in|log out|register|join|reply|quote|report|flag|edit|delete|upvote|downvote|vote|add to (?:cart|bag|basket|wish ?list)|buy now|shop now|checkout|search|menu|close|open|skip to|back to|go to|jump to|view (?:all|more|cart|profile)|see (?:all|more)|show (?:all|more|less)|load more|learn more|read more|continue reading|click here|next|previous|prev|download|get started|contact(?: us)?|try (?:it )?(?:free|now)|book (?:a|now)|request|submit|cancel|apply|reset|clear|filter|sort|compare|toggle|expand|collapse|play|pause|mute|loading|home|分享|收藏|点赞|举报|回复|登录|注册|关注|搜索|返回|首页|打印|复制|下载|展开|收起|投诉|编辑|删除)\b/i,
  /** What laws, owners and makers of a site want to be said. */
  legal:
    /copyright|©|\(c\)\s*\d{4}|all rights reserved|privacy (?:policy|notice)|terms (?:of|and|&)|cookie|powered by|do not sell|icp备|版权|京公网|隐私|免责|责任编辑|impressum|datenschutz|mentions légales|this site (?:is|uses)|affiliate|advertis/i,
  consent:
    /cookies?\b.{0,80}(?:accept|consent|use|agree|settings|prefer)|(?:accept|consent|use|agree).{0,80}\bcookies?\b|gdpr/i,
  newsletter:
    /newsletter|subscribe|sign up (?:for|to)|mailing list|your (?:e-?mail|inbox)|get (?:the|our) (?:latest|best|free)|stay (?:up to date|informed|in touch)|enter your email|unsubscribe|扫码|公众号|订阅|二维码|客户端/i,
  byline:
    /^\W*(?:by|written by|author|posted|published|updated|last (?:updated|modified|edited|reviewed)|reviewed by|photo|image|source|credit|via|joined|member since|作者|来源|编辑|记者|发布|发表|时间|责编)\b|\bmin(?:ute)?s? read\b/i,
  date: /\b(?:19|20)\d\d[-/.年]\s?\d{1,2}|\b\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)?\d\d\b|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d{1,2}(?:st|nd|rd|th)?,? (?:19|20)\d\d|\b\d{1,2} (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*|\b\d+ ?(?:hours?|days?|weeks?|months?|years?|h|d|mo|yr)s? ago|\d+ ?(?:小时|分钟|天|个月|年)前/i,
  price: /[$€£¥₹]\s?\d|\d\s?(?:€|usd|eur|gbp|元)/i,
  advertisement:
    /^\W*(?:advertis(?:e|ement|ing)|sponsored|ad|ads|promoted|广告|publicidad|anzeige|werbung|pub)\W*$/i,
  count:
    /^\W*\d[\d.,]*\s*(?:k|m|likes?|views?|comments?|shares?|repl(?:y|ies)|votes?|points?|posts?|results?|items?|products?|answers?|%|★|stars?|reads?|followers?)?\W*$/i,
} as const;
export type Phrase = keyof typeof phrases;
