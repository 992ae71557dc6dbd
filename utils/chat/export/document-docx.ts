/**
 * A document of Word in Office Open XML (ECMA-376), with real headings, lists and tables. Written here because a
 * library for it weighs more than the panel, and the archive around it is there already.
 */

import { head, numberingXml, stylesXml, word } from './docx-styles';
import { DocxWriter } from './docx-writer';
import type { SavedDocument } from './saved-document';
import { xmlText } from './xml-text';
import { zip } from './zip';

const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packages = 'http://schemas.openxmlformats.org/package/2006';
const type = 'application/vnd.openxmlformats-officedocument.wordprocessingml';

/** The file. `now`: milliseconds since the epoch. */
export function documentDocx(saved: SavedDocument, now = Date.now()): Promise<Blob> {
  const writer = new DocxWriter(saved);
  const body = writer.body();
  const part = (name: string, kind: string) =>
    `<Override PartName="/word/${name}.xml" ContentType="${type}.${kind}+xml"/>`;
  const relation = (id: string, kind: string, target: string, more = '') =>
    `<Relationship Id="${id}" Type="${office}/${kind}" Target="${xmlText(target)}"${more}/>`;
  const entries = [
    {
      name: '[Content_Types].xml',
      text: `${head}<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${part('document', 'document.main')}${part('styles', 'styles')}${part('numbering', 'numbering')}${part('settings', 'settings')}<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`,
    },
    {
      name: '_rels/.rels',
      text: `${head}<Relationships xmlns="${packages}/relationships">${relation('rId1', 'officeDocument', 'word/document.xml')}<Relationship Id="rId2" Type="${packages}/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`,
    },
    {
      name: 'docProps/core.xml',
      text: `${head}<cp:coreProperties xmlns:cp="${packages}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>${xmlText(saved.title)}</dc:title><dcterms:created xsi:type="dcterms:W3CDTF">${new Date(now).toISOString().slice(0, 19)}Z</dcterms:created></cp:coreProperties>`,
    },
    {
      name: 'word/document.xml',
      text: `${head}<w:document xmlns:w="${word}" xmlns:r="${office}"><w:body>${body}<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" w:header="708" w:footer="708" w:gutter="0"/></w:sectPr></w:body></w:document>`,
    },
    { name: 'word/styles.xml', text: stylesXml(saved.lang) },
    { name: 'word/numbering.xml', text: numberingXml(writer.lists) },
    {
      name: 'word/settings.xml',
      text: `${head}<w:settings xmlns:w="${word}"><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>`,
    },
    {
      name: 'word/_rels/document.xml.rels',
      text: `${head}<Relationships xmlns="${packages}/relationships">${['styles', 'numbering', 'settings'].map((name) => relation(name, name, `${name}.xml`)).join('')}${writer.addresses.map((address, index) => relation(`link${index + 1}`, 'hyperlink', address, ' TargetMode="External"')).join('')}</Relationships>`,
    },
  ];
  return zip(entries, `${type}.document`);
}
