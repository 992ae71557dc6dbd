/** Units of measure: which of them can be compared, and what each is worth in the first of its kind. */

export interface Unit {
  /** Units of one kind can be converted into each other; those of money and of degrees cannot. */
  kind: string;
  factor: number;
}

const families: Record<string, [factor: number, names: string][]> = {
  time: [
    [1, 'sec secs second seconds 秒 sekunde sekunden seconde secondes segundo segundos 초'],
    [60, 'min mins minute minutes 分钟 分鐘 minuten minuto minutos 분'],
    [3_600, 'hr hrs hour hours 小时 小時 stunde stunden heure heures hora horas 시간'],
    [86_400, 'day days 天 tag tage tagen jour jours días dias'],
    [604_800, 'week weeks 周 週 星期 woche wochen semaine semaines semana semanas'],
    [2_629_800, 'month months 个月 個月 ヶ月 か月 monat monate monaten mois meses 개월'],
    [31_557_600, 'year years yr yrs jahr jahre jahren ans année années año años anos'],
  ],
  mass: [
    [0.001, 'mg milligram milligrams 毫克'],
    [1, 'gram grams gramme grammes 克 gramm'],
    [1_000, 'kg kgs kilo kilos kilogram kilograms 公斤 千克 kilogramm'],
    [1_000_000, 'tonne tonnes 吨 噸 tonnen'],
    [28.349523, 'oz ounce ounces 盎司'],
    [453.59237, 'lb lbs 磅'],
    [500, '斤'],
  ],
  length: [
    [0.000_001, 'nm 纳米 奈米'],
    [1, 'mm millimetre millimetres millimeter millimeters 毫米'],
    [10, 'cm centimetre centimetres centimeter centimeters 厘米 公分'],
    [1_000, 'metre metres meter meters 米 公尺 mètre mètres metro metros'],
    [1_000_000, 'km kilometre kilometres kilometer kilometers 公里 千米'],
    [25.4, 'inch inches 英寸 英吋 zoll'],
    [304.8, 'ft foot feet 英尺'],
    [1_609_344, 'mile miles 英里'],
  ],
  data: [
    [1e3, 'kb'],
    [1e6, 'mb'],
    [1e9, 'gb'],
    [1e12, 'tb'],
  ],
  volume: [
    [1, 'ml millilitre millilitres 毫升'],
    [1_000, 'litre litres liter liters 升 公升'],
  ],
  share: [[1, '% percent prozent 个百分点 個百分點']],
  power: [
    [1, 'w watt watts 瓦'],
    [1_000, 'kw kilowatt kilowatts 千瓦'],
  ],
  charge: [[1, 'mah 毫安时']],
  energy: [
    [1, 'wh'],
    [1_000, 'kwh 千瓦时 度电'],
  ],
  frequency: [
    [1e6, 'mhz'],
    [1e9, 'ghz'],
  ],
  celsius: [[1, '°c ℃ 摄氏度 攝氏度']],
  fahrenheit: [[1, '°f ℉ 华氏度']],
  dollar: [[1, '$ us$ usd dollar dollars 美元 美金']],
  euro: [[1, '€ eur euro euros 欧元 歐元']],
  sterling: [[1, '£ gbp 英镑 英鎊']],
  // One sign for two currencies: they are not told apart.
  yuan: [[1, '¥ rmb cny jpy yuan yen 元 人民币 人民幣 円 日元 日圆']],
};

const byName = new Map<string, Unit>();
for (const [kind, units] of Object.entries(families)) {
  for (const [factor, names] of units) {
    for (const name of names.split(' ')) byName.set(name.normalize('NFKC').toLowerCase(), { kind, factor });
  }
}
/** Units that are not written apart from what follows them, the longest first: 189元起, 8周左右. */
const han = [...byName.keys()]
  .filter((name) => /^[\p{sc=Han}ヶか]/u.test(name))
  .sort((one, other) => other.length - one.length);

/** Signs and names of money that stand before a figure. */
export const moneyBefore = /(?:us)?[$€£¥]\s?$|\b(?:usd|eur|gbp|rmb|cny|jpy)\s?$/i;

/** The unit with which a text begins, undefined when none is known. Single letters mean too many things. */
export function unitAt(text: string): Unit | undefined {
  const start =
    /^[\s-]?(us\$|[$€£¥%]|°\s?[cf](?![a-z])|\p{sc=Latin}+|[\p{sc=Han}ヶか]{1,5}|\p{sc=Hangul}{1,2})/iu.exec(
      text.slice(0, 40),
    )?.[1];
  if (!start) return undefined;
  const name = start.toLowerCase().replace(/\s/g, '');
  const known = byName.get(name);
  if (known) return known;
  const prefix = han.find((one) => name.startsWith(one));
  return prefix ? byName.get(prefix) : undefined;
}

/** The money that a text ends with, before a figure. */
export function moneyAt(text: string): Unit | undefined {
  const found = moneyBefore.exec(text.slice(-8))?.[0].trim().toLowerCase();
  return found ? byName.get(found) : undefined;
}
