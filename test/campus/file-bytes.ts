import { crc32 } from 'node:zlib';
import { type FileSheet, sheetsOf } from './content/files.ts';
import type { SiteAnswer } from './site-server.ts';

export const onePixelPng = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** A PDF of one empty page, with a right cross-reference table. */
function buildPdf(): Buffer {
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>',
  ];
  let text = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const offset = text.length;
    text += `${index + 1} 0 obj${object}endobj\n`;
    return `${String(offset).padStart(10, '0')} 00000 n \n`;
  });
  const start = text.length;
  text += `xref\n0 4\n0000000000 65535 f \n${offsets.join('')}trailer<</Size 4/Root 1 0 R>>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(text, 'latin1');
}

interface ZipPart {
  local: Buffer;
  central: Buffer;
}

/** One stored file of a zip: the header before its bytes, and its line in the directory at the end. */
function buildZipPart(name: string, content: string, offset: number): ZipPart {
  const data = Buffer.from(content);
  const nameBytes = Buffer.from(name);
  // Version 2.0, no flags, stored, no date: the fields both headers share.
  const shared = Buffer.alloc(26);
  shared.writeUInt16LE(20, 0);
  shared.writeUInt32LE(crc32(data), 10);
  shared.writeUInt32LE(data.length, 14);
  shared.writeUInt32LE(data.length, 18);
  shared.writeUInt16LE(nameBytes.length, 22);
  const tail = Buffer.alloc(14);
  tail.writeUInt32LE(offset, 10);
  return {
    local: Buffer.concat([Buffer.from('PK\u0003\u0004'), shared, nameBytes, data]),
    central: Buffer.concat([Buffer.from('PK\u0001\u0002\u0014\u0000'), shared, tail, nameBytes]),
  };
}

function buildZip(files: Record<string, string>): Buffer {
  const parts: ZipPart[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(files)) {
    const part = buildZipPart(name, content, offset);
    parts.push(part);
    offset += part.local.length;
  }
  const central = Buffer.concat(parts.map((part) => part.central));
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 0, 'latin1');
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts.map((part) => part.local), central, end]);
}

const openXml = 'http://schemas.openxmlformats.org';
const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';

/** A package of the office formats with one part, and whatever that part needs beside it. */
function buildOfficeFile(
  main: { path: string; type: string; xml: string },
  more: Record<string, string>,
): Buffer {
  const relations = 'application/vnd.openxmlformats-package.relationships+xml';
  return buildZip({
    '[Content_Types].xml': `${declaration}<Types xmlns="${openXml}/package/2006/content-types"><Default Extension="rels" ContentType="${relations}"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/${main.path}" ContentType="${main.type}"/></Types>`,
    '_rels/.rels': `${declaration}<Relationships xmlns="${openXml}/package/2006/relationships"><Relationship Id="r1" Type="${openXml}/officeDocument/2006/relationships/officeDocument" Target="${main.path}"/></Relationships>`,
    [main.path]: `${declaration}${main.xml}`,
    ...more,
  });
}

function buildDocx(text: string): Buffer {
  const type = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml';
  const xml = `<w:document xmlns:w="${openXml}/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>${text}</w:t></w:r></w:p></w:body></w:document>`;
  return buildOfficeFile({ path: 'word/document.xml', type, xml }, {});
}

function renderSheet(rows: FileSheet['rows']): string {
  const row = (cells: readonly string[], index: number) =>
    `<row r="${index + 1}">${cells.map((cell, column) => `<c r="${String.fromCharCode(65 + column)}${index + 1}" t="inlineStr"><is><t>${cell}</t></is></c>`).join('')}</row>`;
  return `${declaration}<worksheet xmlns="${openXml}/spreadsheetml/2006/main"><sheetData>${rows.map(row).join('')}</sheetData></worksheet>`;
}

function buildXlsx(sheets: readonly FileSheet[]): Buffer {
  const links = `${openXml}/officeDocument/2006/relationships`;
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml';
  const listed = sheets.map(({ name, hidden }, index) => {
    const state = hidden ? ' state="hidden"' : '';
    return `<sheet name="${name}" sheetId="${index + 1}"${state} r:id="r${index + 1}"/>`;
  });
  const xml = `<workbook xmlns="${openXml}/spreadsheetml/2006/main" xmlns:r="${links}"><sheets>${listed.join('')}</sheets></workbook>`;
  const relations = sheets.map(
    (_, index) =>
      `<Relationship Id="r${index + 1}" Type="${links}/worksheet" Target="worksheets/sheet${index + 1}.xml"/>`,
  );
  const parts = sheets.map(({ rows }, index) => [`xl/worksheets/sheet${index + 1}.xml`, renderSheet(rows)]);
  return buildOfficeFile(
    { path: 'xl/workbook.xml', type, xml },
    {
      'xl/_rels/workbook.xml.rels': `${declaration}<Relationships xmlns="${openXml}/package/2006/relationships">${relations.join('')}</Relationships>`,
      ...Object.fromEntries(parts),
    },
  );
}

/** The file that stands behind a link with this name, small but well-formed. */
export function fileAnswer(name: string): SiteAnswer {
  const extension = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  const download = { 'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}` };
  const answer = (contentType: string, body: Buffer, headers: Record<string, string>): SiteAnswer => ({
    status: 200,
    contentType,
    body,
    lastModified: null,
    headers,
  });
  const office = 'application/vnd.openxmlformats-officedocument';
  switch (extension) {
    case 'png':
      return answer('image/png', onePixelPng, {});
    case 'pdf':
      return answer('application/pdf', buildPdf(), {});
    case 'docx':
      return answer(`${office}.wordprocessingml.document`, buildDocx(name), download);
    case 'xlsx':
      return answer(
        `${office}.spreadsheetml.sheet`,
        buildXlsx(sheetsOf(name) ?? [{ name: '1', rows: [[name]] }]),
        download,
      );
    default:
      throw new Error(`no file of the kind ${extension} stands on the campus sites`);
  }
}
