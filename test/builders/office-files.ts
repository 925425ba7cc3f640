import { strToU8, type Zippable, zipSync } from 'fflate';

/** Members by path; a string is written as UTF-8. */
export type Members = Record<string, string | Uint8Array>;

export function buildZip(members: Members): Uint8Array {
  const files: Zippable = {};
  for (const [path, content] of Object.entries(members))
    files[path] = typeof content === 'string' ? strToU8(content) : content;
  return zipSync(files);
}

const word = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';

/** @param body the inside of `w:body` */
export function buildDocx(body: string, more: Members = {}): Uint8Array {
  return buildZip({
    '[Content_Types].xml': '<Types/>',
    'word/document.xml': `<w:document xmlns:w="${word}"><w:body>${body}</w:body></w:document>`,
    ...more,
  });
}

export interface SheetPlan {
  name: string;
  state?: 'hidden' | 'veryHidden';
  /** What stands before the rows: columns. */
  before?: string;
  /** The inside of `sheetData`. */
  rows: string;
  after?: string;
}

/** One row of text cells, written inline. */
export function textRow(cells: readonly string[], attributes = ''): string {
  return `<row ${attributes}>${cells.map((text) => `<c t="inlineStr"><is><t>${text}</t></is></c>`).join('')}</row>`;
}

export function buildXlsx(sheets: readonly SheetPlan[], more: Members = {}): Uint8Array {
  const entries = sheets.map(
    ({ name, state }, i) =>
      `<sheet name="${name}" sheetId="${i + 1}" ${state ? `state="${state}"` : ''} r:id="r${i + 1}"/>`,
  );
  const relations = sheets.map(
    (_, i) => `<Relationship Id="r${i + 1}" Target="worksheets/sheet${i + 1}.xml"/>`,
  );
  const files = sheets.map(({ before = '', rows, after = '' }, i) => [
    `xl/worksheets/sheet${i + 1}.xml`,
    `<worksheet>${before}<sheetData>${rows}</sheetData>${after}</worksheet>`,
  ]);
  return buildZip({
    '[Content_Types].xml': '<Types/>',
    'xl/workbook.xml': `<workbook xmlns:r="r"><sheets>${entries.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships>${relations.join('')}</Relationships>`,
    ...Object.fromEntries(files),
    ...more,
  });
}

/**
 * A PDF of so many pages, one line of text each, in a Chinese font that is not embedded: its codes are UTF-16 by way of a named
 * map. Null is a page without text, as a scan is. `forms`: objects 6 and on where there is one page, the first drawn on each page.
 */
export function buildPdf(
  pages: readonly (string | null)[],
  extra: { encrypt?: boolean; forms?: readonly string[] } = {},
): Uint8Array {
  const first = 4;
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    `<</Type/Pages/Kids[${pages.map((_, i) => `${first + i * 2} 0 R`).join(' ')}]/Count ${pages.length}>>`,
    '<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[0 0 1000 1000]/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 80>>>>]>>',
  ];
  for (const [i, text] of pages.entries()) {
    const codes = Buffer.from(text ?? '', 'utf16le')
      .swap16()
      .toString('hex');
    const draw = extra.forms === undefined ? '' : ' /X Do';
    const content = text === null ? '' : `BT /F1 12 Tf 50 700 Td <${codes}> Tj ET${draw}`;
    objects.push(
      `<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>/XObject<</X ${first + pages.length * 2} 0 R>>>>/Contents ${first + i * 2 + 1} 0 R>>`,
      `<</Length ${content.length}>>stream\n${content}\nendstream`,
    );
  }
  objects.push(...(extra.forms ?? []));
  return assemblePdf(objects, extra.encrypt === true);
}

const padding = '00'.repeat(32);

function assemblePdf(objects: readonly string[], isEncrypted: boolean): Uint8Array {
  let text = '%PDF-1.4\n';
  const lines = objects.map((object, i) => {
    const line = `${String(text.length).padStart(10, '0')} 00000 n \n`;
    text += `${i + 1} 0 obj${object}endobj\n`;
    return line;
  });
  const start = text.length;
  const lock = isEncrypted
    ? `/Encrypt<</Filter/Standard/V 1/R 2/O<${padding}>/U<${padding}>/P -4>>/ID[<00><00>]`
    : '';
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${lines.join('')}`;
  text += `trailer<</Size ${objects.length + 1}/Root 1 0 R${lock}>>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(text, 'latin1');
}

/** Words on a layer that is switched off, without ink, white on white, and too small to be read; by the content of one page. */
export function buildHiddenPdf(words: {
  shown: string;
  layer: string;
  invisible: string;
  white: string;
  tiny: string;
}): Uint8Array {
  const draw = (text: string, before = '', size = 12) =>
    `BT ${before} /F1 ${size} Tf 50 700 Td <${Buffer.from(text, 'utf16le').swap16().toString('hex')}> Tj ET`;
  const content = [
    draw(words.shown),
    `/OC /L1 BDC ${draw(words.layer)} EMC`,
    `q ${draw(words.invisible, '3 Tr')} Q`,
    `q 1 1 1 rg ${draw(words.white)} Q`,
    draw(words.tiny, '', 1),
  ].join(' ');
  const plain = Buffer.from(buildPdf(['x'])).toString('latin1');
  const font = /3 0 obj(.*)endobj/.exec(plain)?.[1] ?? '';
  return assemblePdf(
    [
      '<</Type/Catalog/Pages 2 0 R/OCProperties<</OCGs[6 0 R]/D<</ON[]/OFF[6 0 R]/Order[6 0 R]>>>>>>',
      '<</Type/Pages/Kids[4 0 R]/Count 1>>',
      font,
      '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>/Properties<</L1 6 0 R>>>>/Contents 5 0 R>>',
      `<</Length ${content.length}>>stream\n${content}\nendstream`,
      '<</Type/OCG/Name(hidden)>>',
    ],
    false,
  );
}

/** Each form draws the next one twice: 2^40 times the last. */
export function buildEndlessPdf(): Uint8Array {
  const forms = Array.from({ length: 40 }, (_, i) => {
    const drawn = i === 39 ? 'BT /F1 12 Tf <5B66> Tj ET' : '/X Do /X Do';
    const inside = i === 39 ? '' : `/XObject<</X ${i + 7} 0 R>>`;
    return `<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</Font<</F1 3 0 R>>${inside}>>/Length ${drawn.length}>>stream\n${drawn}\nendstream`;
  });
  return buildPdf(['学'], { forms });
}
