import { describe, expect, it } from 'vitest';
import { decodeText } from '../../utils/files/encoding';
import { encodeAs } from '../fixtures/encodings';
import fc from '../fixtures/property';

const samples: [encoding: string, label: string, text: string][] = [
  ['GB18030', 'gb18030', '姓名,部门,金额\n王小明,财务部,1200.50\n李娜,市场部,980\n'],
  ['GB18030', 'gb18030', '订单编号;客户;地址\nA-17;欧阳修;上海市浦东新区世纪大道100号\n'],
  ['GB18030', 'gb18030', '门\n'],
  ['GB18030', 'gb18030', '编号,品名\n1,镍氢电池\n2,碳酸锂\n'],
  ['GB18030', 'gb18030', '今天天气很好，我们去公园散步。她说：“下雨也没有关系。”\n'],
  ['Big5', 'big5', '姓名,部門,金額\n王小明,財務部,1200.50\n李娜,業務部,980\n'],
  ['Big5', 'big5', '今天天氣很好，我們去公園散步。她說：「下雨也沒有關係。」\n'],
  ['Big5', 'big5', '客戶名稱\t統一編號\n台灣積體電路\t22099131\n'],
  ['Shift_JIS', 'shift_jis', '氏名,部署,金額\n山田太郎,経理部,1200\n鈴木花子,営業部,980\n'],
  ['Shift_JIS', 'shift_jis', '商品コード,商品名,単価\n0017,ボールペン（赤）,120\n'],
  ['Shift_JIS', 'shift_jis', 'id,name\n17,東京\n18,株式会社\n'],
  ['GB18030', 'gb18030', 'id,单价\n17,5.20\n'],
  ['EUC-KR', 'euc-kr', 'id,이름\n17,특별시\n'],
  ['windows-1251', 'windows-1251', 'id,name\n17,Менеджер\n18,ЦЕНА\n'],
  ['windows-1252', 'windows-1252', 'id,name\n17,Größe\n18,coração\n'],
  ['windows-1252', 'windows-1252', 'id,name\n17,déjà vu\n18,Ü\n'],
  ['Shift_JIS', 'shift_jis', 'ｶﾌﾞｼｷｶﾞｲｼｬ ﾔﾏﾀﾞ,東京都千代田区\n'],
  ['Shift_JIS', 'shift_jis', '吾輩は猫である。名前はまだ無い。どこで生れたか見当がつかぬ。\n'],
  ['EUC-JP', 'euc-jp', '吾輩は猫である。名前はまだ無い。どこで生れたか見当がつかぬ。\n'],
  ['EUC-KR', 'euc-kr', '이름,부서,금액\n김철수,재무부,1200\n이영희,영업부,980\n'],
  ['EUC-KR', 'euc-kr', '오늘은 날씨가 좋아서 우리는 공원에 갔습니다.\n'],
  ['windows-1252', 'windows-1252', 'Name;Straße;Betrag\nMüller;Königsallee 5;1.200,50 €\nÜbel;Öde;3\n'],
  ['windows-1252', 'windows-1252', 'Café crème, déjà vu, l’été à l’hôtel – 12 €\n'],
  ['windows-1252', 'windows-1252', 'Año,España,Niño\n'],
  ['windows-1252', 'windows-1252', 'Smørrebrød på Ærø, Åse\n'],
  ['windows-1252', 'windows-1252', 'It’s “fine” — 5 £ and 3°\n'],
  ['Macintosh', 'macintosh', 'Name;Straße;Betrag\nMüller;Königsallee 5;1.200,50\nCafé;été;3\n'],
  ['windows-1250', 'windows-1250', 'Łódź;Kraków;zażółć gęślą jaźń\n'],
  ['windows-1250', 'windows-1250', 'Příliš žluťoučký kůň úpěl ďábelské ódy\n'],
  ['windows-1251', 'windows-1251', 'Имя;Отдел;Сумма\nИванов;Бухгалтерия;1200,50\n'],
  ['windows-1251', 'windows-1251', 'привет,как дела,1200\n'],
  ['KOI8-R', 'koi8-r', 'Сегодня хорошая погода, и мы идём в парк. Иванов, Москва.\n'],
  ['IBM866', 'ibm866', 'Сегодня хорошая погода, и мы идём в парк. Иванов, Москва.\n'],
  ['windows-1253', 'windows-1253', 'Όνομα;Διεύθυνση;Ποσό\nΓιάννης;Αθήνα;1200\n'],
  ['windows-1254', 'windows-1254', 'Şehir;İlçe;Tutar\nIğdır;Beşiktaş;1200\nGöğüş;Kadıköy;3\n'],
  ['windows-1255', 'windows-1255', 'שם;כתובת;סכום\nדוד;תל אביב;1200\n'],
  ['windows-1256', 'windows-1256', 'الاسم;العنوان;المبلغ\nمحمد;القاهرة;1200\n'],
  ['windows-874', 'windows-874', 'ชื่อ,ที่อยู่,จำนวน\nสมชาย,กรุงเทพ,1200\n'],
];

describe('decodeText', () => {
  it.each(samples)('finds %s out (%#)', (name, label, text) => {
    expect(decodeText(encodeAs(label, text))).toEqual({ text, encoding: name, isGuess: true, damaged: 0 });
  });

  it('reads UTF-8 with and without its mark, and plain ASCII', () => {
    const text = 'naïve 中文 😀\n';
    const bytes = new TextEncoder().encode(text);
    const expected = { text, encoding: 'UTF-8', isGuess: false, damaged: 0 };
    expect(decodeText(bytes)).toEqual(expected);
    expect(decodeText(Uint8Array.of(0xef, 0xbb, 0xbf, ...bytes))).toEqual(expected);
    expect(decodeText(new TextEncoder().encode('a,b\n')).encoding).toBe('UTF-8');
    expect(decodeText(new Uint8Array()).text).toBe('');
  });

  it.each([
    ['a,b\r\n1,2\r\n'],
    ['姓名,金额\n王小明,1200\n'],
    ['Ünïcödé\ttext\n'],
    ['ab'],
    ['이름\t금액\n김철수\t1200\n'],
  ])('reads UTF-16 and UTF-32 of either order: %j', (text) => {
    for (const isLittle of [true, false]) {
      const bytes = new Uint8Array(text.length * 2);
      const view = new DataView(bytes.buffer);
      for (let at = 0; at < text.length; at++) view.setUint16(at * 2, text.charCodeAt(at), isLittle);
      const mark = isLittle ? [0xff, 0xfe] : [0xfe, 0xff];
      expect(decodeText(Uint8Array.of(...mark, ...bytes))).toMatchObject({ text, isGuess: false });
      expect(decodeText(bytes)).toMatchObject({ text, encoding: 'UTF-16', isGuess: true });
      const wide = new Uint8Array(text.length * 4 + 4);
      const wideView = new DataView(wide.buffer);
      wideView.setUint32(0, 0xfeff, isLittle);
      for (let at = 0; at < text.length; at++) wideView.setUint32(at * 4 + 4, text.charCodeAt(at), isLittle);
      expect(decodeText(wide).text).toBe(text);
    }
  });

  it('believes a declaration that holds, and none that does not', () => {
    const bytes = encodeAs('big5', '中文');
    expect(decodeText(bytes, { declared: 'Big5' })).toMatchObject({ text: '中文', isGuess: false });
    expect(decodeText(new TextEncoder().encode('中文 text'), { declared: 'gbk' }).text).toBe('中文 text');
    expect(decodeText(encodeAs('gb18030', '今天天气很好'), { declared: 'utf-8' }).text).toBe('今天天气很好');
    expect(decodeText(new TextEncoder().encode('x'), { declared: 'no-such' }).text).toBe('x');
  });

  it('reads ISO-2022-JP', () => {
    const bytes = Uint8Array.of(0x1b, 0x24, 0x42, 0x46, 0x7c, 0x4b, 0x5c, 0x1b, 0x28, 0x42, 0x2c, 0x31);
    expect(decodeText(bytes)).toMatchObject({ text: '日本,1', encoding: 'ISO-2022-JP' });
  });

  it('keeps UTF-8 with a damaged byte as UTF-8, and says so', () => {
    const bytes = new TextEncoder().encode('今天天气很好，我们去公园散步。\n'.repeat(3));
    const damaged = Uint8Array.of(...bytes, 0xff, 0x0a);
    expect(decodeText(damaged)).toMatchObject({ encoding: 'UTF-8', damaged: 1 });
  });

  it('finds the encoding where the first megabyte is ASCII and the line is long', () => {
    const text = `${'1,2,3,'.repeat(200_000)}王小明,财务部,今天天气很好`;
    const bytes = encodeAs('gb18030', '王小明,财务部,今天天气很好');
    const whole = new Uint8Array(1_200_000 + bytes.length);
    whole.set(new TextEncoder().encode('1,2,3,'.repeat(200_000)));
    whole.set(bytes, 1_200_000);
    expect(decodeText(whole)).toMatchObject({ text, encoding: 'GB18030' });
  });

  it('gives back every text that is written as UTF-8', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        // A mark at the beginning is no part of the text, and zero bytes are no text.
        fc.pre(!/^\ufeff|\0/.test(text));
        expect(decodeText(new TextEncoder().encode(text)).text).toBe(text);
      }),
    );
  });
});
