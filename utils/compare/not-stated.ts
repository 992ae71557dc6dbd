/**
 * Ways to say that a document does not say it. Words that may be a fact are not among them: none, no, unknown, not
 * included, not available, not covered, 未公布.
 */
const phrases = new Set(
  `not stated|not mentioned|not specified|not indicated|not addressed|not discussed|not found|not applicable|
  no information|no data|no mention|unspecified|unstated|n/a|n.a.|n. a.|null|undefined|
  未提及|未说明|未說明|未提到|没有提到|沒有提到|没有提及|沒有提及|没有说明|沒有說明|未注明|未註明|未给出|未給出|未涉及|原文未提及|文中未提及|
  文档未提及|文件未提及|不适用|不適用|无信息|無資訊|没有信息|無信息|未載明|未载明|
  記載なし|記載無し|言及なし|명시되지 않음|언급 없음|해당 없음|
  nicht angegeben|nicht erwähnt|keine angabe|k. a.|k.a.|non précisé|non mentionné|non indiqué|no especificado|
  no mencionado|no indicado|não informado|não mencionado|non specificato|non indicato|не указано|не упоминается`
    .split('|')
    .map((phrase) => phrase.trim()),
);

/** Whether the text of a cell says that there is nothing: it is empty, a dash, or says so in so many words. */
export function isNotStated(text: string): boolean {
  if (text.length > 60) return false;
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[*_`()[\]（）【】“”"'‘’]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  if (/^[-–—−?/\\|.…\s]*$/u.test(plain)) return true;
  const bare = plain.replace(/[.。,，!…]+$/u, '');
  const short = bare.replace(/ (?:in|by) (?:the |this )?(?:document|source|text|page|article)$/, '');
  return phrases.has(plain) || phrases.has(bare) || phrases.has(short);
}
