import { strToU8, Zip, ZipDeflate } from 'fflate';
import type { Sheet, SheetValue, WorkbookWriter } from '../ports/workbook-writer.ts';

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packages = 'http://schemas.openxmlformats.org/package/2006';

/** Places in the list of looks below. */
const looks = { text: 1, guarded: 2, head: 3, instant: 4, count: 5 } as const;

const wrap = '<alignment vertical="top" wrapText="1"/>';
const styles = `${declaration}<styleSheet xmlns="${main}">
<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/></numFmts>
<fonts count="2"><font><sz val="11"/><name val="宋体"/></font><font><b/><sz val="11"/><name val="宋体"/></font></fonts>
<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFE9E7E1"/></patternFill></fill></fills>
<borders count="2"><border/><border><left style="thin"/><right style="thin"/><top style="thin"/><bottom style="thin"/></border></borders>
<cellStyleXfs count="1"><xf/></cellStyleXfs>
<cellXfs count="6"><xf xfId="0"/>
<xf xfId="0" numFmtId="49" fontId="0" borderId="1" applyNumberFormat="1" applyBorder="1" applyAlignment="1">${wrap}</xf>
<xf xfId="0" numFmtId="49" fontId="0" borderId="1" quotePrefix="1" applyNumberFormat="1" applyBorder="1" applyAlignment="1">${wrap}</xf>
<xf xfId="0" numFmtId="49" fontId="1" fillId="2" borderId="1" applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1">${wrap}</xf>
<xf xfId="0" numFmtId="164" fontId="0" borderId="1" applyNumberFormat="1" applyBorder="1" applyAlignment="1">${wrap}</xf>
<xf xfId="0" numFmtId="3" fontId="0" borderId="1" applyNumberFormat="1" applyBorder="1" applyAlignment="1">${wrap}</xf></cellXfs>
</styleSheet>`;

/** What XML cannot hold, and what turns the direction of the words around it. */
const unwritable = /(?![\n\t])\p{Cc}|\p{Cs}|[\ufffe\uffff\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
/** Programs read this as a character by its number. */
const numbered = /_(?=x[\da-f]{4}_)/gi;
const mostInCell = 32_767;

function escapeXml(text: string): string {
  return text
    .replace(unwritable, '')
    .slice(0, mostInCell)
    .replace(numbered, '_x005F_')
    .replace(/[&<>"]/g, (one) => `&#${one.charCodeAt(0)};`);
}

/** A, B, … Z, AA, … */
function columnName(index: number): string {
  const rest = String.fromCharCode(65 + (index % 26));
  return index < 26 ? rest : `${columnName(Math.floor(index / 26) - 1)}${rest}`;
}

const shanghaiOffsetMs = 8 * 3_600_000;
const dayMs = 86_400_000;
/** Days from the first one of spreadsheets to 1970. */
const epochDays = 25_569;

const serialOf = (at: string): number => (Date.parse(at) + shanghaiOffsetMs) / dayMs + epochDays;

/** The wide signs are taken for the same by some. */
const likeFormula = /^[=+\-@＝＋－＠\t\r\n]/;

function writeText(place: string, text: string, look: number): string {
  const lines = `<is><t xml:space="preserve">${escapeXml(text)}</t></is>`;
  return `<c r="${place}" t="inlineStr" s="${look}">${lines}</c>`;
}

function writeCell(place: string, value: SheetValue): string {
  if (value === null) return `<c r="${place}" s="${looks.text}"/>`;
  if (typeof value === 'number') return `<c r="${place}" s="${looks.count}"><v>${value}</v></c>`;
  if (typeof value === 'object')
    return `<c r="${place}" s="${looks.instant}"><v>${serialOf(value.at).toFixed(10)}</v></c>`;
  return writeText(place, value, likeFormula.test(value) ? looks.guarded : looks.text);
}

function writeTop({ columns }: Sheet): string {
  const widths = columns.map(
    ({ width }, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`,
  );
  const head = columns.map(({ title }, at) => writeText(`${columnName(at)}1`, title, looks.head));
  const pane = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>';
  return `${declaration}<worksheet xmlns="${main}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>
<sheetViews><sheetView workbookViewId="0">${pane}</sheetView></sheetViews>
<sheetFormatPr defaultRowHeight="${lineHeight}"/>
<cols>${widths.join('')}</cols><sheetData><row r="1" ht="20" customHeight="1">${head.join('')}</row>`;
}

function writeEnd({ columns, isFiltered }: Sheet, rows: number): string {
  const filter = isFiltered
    ? `<autoFilter ref="A1:${columnName(columns.length - 1)}${Math.max(rows + 1, 2)}"/>`
    : '';
  return `</sheetData>${filter}<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>`;
}

const lineHeight = 15;
const mostLines = 10;
const wide = /[\u1100-\ufffd]/g;

/** Programs do not find out by themselves how high a row must be for words that go on to the next line. */
function heightOf(row: readonly SheetValue[], { columns }: Sheet): number {
  const lines = row.map((value, at) => {
    if (typeof value !== 'string') return 1;
    const characters = value.length + (value.match(wide)?.length ?? 0);
    return Math.ceil((characters * 1.1) / (columns[at]?.width ?? 10));
  });
  return lineHeight * Math.min(mostLines, Math.max(1, ...lines)) + 1;
}

/** So many rows go through the packer at once. */
const rowsAtOnce = 200;

async function* writeSheet(sheet: Sheet): AsyncGenerator<string> {
  yield writeTop(sheet);
  let count = 0;
  let pending = '';
  for await (const row of sheet.rows) {
    count += 1;
    const number = count + 1;
    const cells = row.map((value, at) => writeCell(`${columnName(at)}${number}`, value));
    const height = heightOf(row, sheet);
    pending += `<row r="${number}" ht="${height}" customHeight="1">${cells.join('')}</row>`;
    if (count % rowsAtOnce > 0) continue;
    yield pending;
    pending = '';
  }
  yield `${pending}${writeEnd(sheet, count)}`;
}

function writeWorkbook(sheets: readonly Sheet[]): string {
  const list = sheets.map(
    ({ name }, at) => `<sheet name="${escapeXml(name)}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`,
  );
  const titles = sheets.map(
    ({ name }, at) =>
      `<definedName name="_xlnm.Print_Titles" localSheetId="${at}">'${escapeXml(name)}'!$1:$1</definedName>`,
  );
  return `${declaration}<workbook xmlns="${main}" xmlns:r="${relations}"><sheets>${list.join('')}</sheets>
<definedNames>${titles.join('')}</definedNames></workbook>`;
}

function writeFrame(sheets: readonly Sheet[]): [path: string, xml: string][] {
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
  const relation = (id: string, kind: string, target: string) =>
    `<Relationship Id="${id}" Type="${relations}/${kind}" Target="${target}"/>`;
  const listed = (parts: readonly string[]) =>
    `${declaration}<Relationships xmlns="${packages}/relationships">${parts.join('')}</Relationships>`;
  const overrides = sheets.map(
    (_, at) => `<Override PartName="/xl/worksheets/sheet${at + 1}.xml" ContentType="${type}.worksheet+xml"/>`,
  );
  return [
    ['xl/workbook.xml', writeWorkbook(sheets)],
    ['xl/styles.xml', styles],
    [
      'xl/_rels/workbook.xml.rels',
      listed([
        ...sheets.map((_, at) => relation(`rId${at + 1}`, 'worksheet', `worksheets/sheet${at + 1}.xml`)),
        relation('rIdStyles', 'styles', 'styles.xml'),
      ]),
    ],
    ['_rels/.rels', listed([relation('rId1', 'officeDocument', 'xl/workbook.xml')])],
    [
      '[Content_Types].xml',
      `${declaration}<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${type}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${type}.styles+xml"/>${overrides.join('')}</Types>`,
    ],
  ];
}

async function* write(sheets: readonly Sheet[]): AsyncGenerator<Uint8Array> {
  const ready: Uint8Array[] = [];
  const zip = new Zip((error, bytes) => {
    if (error !== null) throw error;
    ready.push(bytes);
  });
  const begin = (path: string) => {
    const file = new ZipDeflate(path, { level: 6 });
    zip.add(file);
    return file;
  };
  for (const [path, xml] of writeFrame(sheets)) begin(path).push(strToU8(xml), true);
  for (const [at, sheet] of sheets.entries()) {
    const file = begin(`xl/worksheets/sheet${at + 1}.xml`);
    for await (const part of writeSheet(sheet)) {
      file.push(strToU8(part));
      yield* ready.splice(0);
    }
    file.push(new Uint8Array(0), true);
  }
  zip.end();
  yield* ready.splice(0);
}

export const workbookWriter: WorkbookWriter = { write };
