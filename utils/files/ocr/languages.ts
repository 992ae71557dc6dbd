/** The languages in which pictures can be read, as data: where their data come from, how large they are, and what they must be. */

export interface OcrLanguage {
  /** Tesseract's name for it. */
  code: string;
  /** Its own name. */
  name: string;
  /** BCP 47. */
  lang: string;
  /** Bytes that are fetched. */
  size: number;
  /** Hexadecimal SHA-256 of these bytes: what arrives and is something else is not used. */
  hash: string;
}

/**
 * The whole numbers of Tesseract's “best” networks, as tesseract.js packs them: `4.0.0_best_int` of the package
 * `@tesseract.js-data/<code>` 1.0.0. The data are Google's, under the Apache License 2.0 (tesseract-ocr/tessdata_best).
 */
export const ocrLanguages: readonly OcrLanguage[] = [
  {
    code: 'eng',
    name: 'English',
    lang: 'en',
    size: 2_952_873,
    hash: '45b4cb346724ac1774f1c36f42f182b887bcdb28ebe63e6fff90ac41f3fcff91',
  },
  {
    code: 'chi_sim',
    name: '简体中文',
    lang: 'zh-CN',
    size: 1_718_768,
    hash: 'b8a23f10c7de500891eb458a8adc9cc58ab7f242f08b7d149f5e9aea4ad5db7c',
  },
  {
    code: 'chi_tra',
    name: '繁體中文',
    lang: 'zh-TW',
    size: 1_656_239,
    hash: '11fe2610dab05d8a880d02f193ce70203f4c4bbe061b987d5529a2c038a22743',
  },
  {
    code: 'jpn',
    name: '日本語',
    lang: 'ja',
    size: 2_030_256,
    hash: '2b63ebfbf1484de4a08ce53b29ef98a1c17658a93cbd38acb665d7d316d0be88',
  },
  {
    code: 'kor',
    name: '한국어',
    lang: 'ko',
    size: 1_572_336,
    hash: '78c21276ab14c9bb734d83be1055d9fe5469a4e7e977c51ad385be5737e61126',
  },
  {
    code: 'deu',
    name: 'Deutsch',
    lang: 'de',
    size: 1_333_102,
    hash: '306c4280d0cbed46fbff727486bd43b92730181bae80f56941a091f363bdf28b',
  },
  {
    code: 'fra',
    name: 'Français',
    lang: 'fr',
    size: 707_406,
    hash: 'd611139672b3752c7097e671e4a1d9209dfd37f2aeb081ef6487fba3351e9255',
  },
  {
    code: 'spa',
    name: 'Español',
    lang: 'es',
    size: 2_100_190,
    hash: '40be52f97b5d4eb7460073dc1f94cd546b27150333c0bf854ed7e7132db6bceb',
  },
];

/** Where the data of a language may come from, the first that answers: mirrors of the npm registry, which hold the same files. */
export const addressesOf = ({ code }: Pick<OcrLanguage, 'code'>): string[] => {
  const file = `${encodeURIComponent(code)}@1.0.0/4.0.0_best_int/${encodeURIComponent(code)}.traineddata.gz`;
  return [
    `https://cdn.jsdelivr.net/npm/@tesseract.js-data/${file}`,
    `https://unpkg.com/@tesseract.js-data/${file}`,
  ];
};
