import { CFB } from '@e965/xlsx';
import { afterAll, describe, expect, it } from 'vitest';
import { buildFilesStage } from '../pipeline/checks/files/files.ts';
import { acceptDraftFile, type OfferedFile } from '../pipeline/commands/accept-draft-file.ts';
import { readDraftAttachment } from '../pipeline/commands/read-draft-files.ts';
import { openFileReader } from '../pipeline/extract/file-reader.ts';
import { checkInput } from './builders/check-input.ts';
import {
  buildDocx,
  buildEndlessPdf,
  buildHiddenPdf,
  buildPdf,
  buildXlsx,
  buildZip,
  textRow,
} from './builders/office-files.ts';
import { buildJpeg } from './builders/pictures.ts';

const files = openFileReader();
/** For the one file that no patience is enough for. */
const impatient = openFileReader({ timeLimitMs: 2000 });
afterAll(() => Promise.all([files.close(), impatient.close()]));

const word = (text: string) => `<w:p><w:r><w:t>${text}</w:t></w:r></w:p>`;
const bytesOf = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'));
/** Put together here: written out, this file would be taken for a virus. */
const eicar = bytesOf(['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR', 'STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('-'));
const program = new Uint8Array(Buffer.concat([Buffer.from('MZ'), Buffer.alloc(70), Buffer.from('PE\0\0')]));

function oleWithMacro(): Uint8Array {
  const file = CFB.utils.cfb_new();
  CFB.utils.cfb_add(file, '/WordDocument', Buffer.alloc(600));
  CFB.utils.cfb_add(file, '/Macros/VBA/_VBA_PROJECT', Buffer.from([0xcc, 0x61]));
  return new Uint8Array(CFB.write(file, { type: 'buffer' }) as Buffer);
}

/** A zip in a zip in a zip, each full of nothing. */
function bomb(): Uint8Array {
  const zeros = new Uint8Array(40 * 1024 * 1024);
  return buildZip({ 'a.txt': zeros, 'b.txt': zeros });
}

const hiddenSheet = buildXlsx([
  { name: '公示', rows: textRow(['姓名', '学院']) },
  {
    name: '底稿',
    state: 'hidden',
    rows: textRow(['姓名', '身份证号']) + textRow(['张三', '110101199003074477']),
  },
]);
const tracked = buildDocx(
  `${word('正文')}<w:p><w:del><w:r><w:delText>删去的话</w:delText></w:r></w:del></w:p>`,
  {
    'word/comments.xml': `<w:comments><w:comment>${word('请领导定')}</w:comment></w:comments>`,
  },
);

const endless = '无尽.pdf';

/** What is found in a file that may be stored. */
const found: readonly (readonly [string, string, Uint8Array, readonly string[]])[] = [
  ['hidden sheet', '名单.xlsx', hiddenSheet, ['hidden-sheet']],
  [
    'hidden rows and columns',
    '名单.xlsx',
    buildXlsx([
      {
        name: 'S',
        before: '<cols><col min="2" max="2" hidden="1"/></cols>',
        rows: textRow(['甲', '乙']) + textRow(['丙'], 'hidden="1"'),
      },
    ]),
    ['hidden-rows', 'hidden-columns'],
  ],
  ['comments and tracked changes', '通知.docx', tracked, ['comments', 'tracked-changes']],
  [
    'hidden PDF layer, ink and paper of one colour',
    '通知.pdf',
    buildHiddenPdf({ shown: '看得见', layer: '关着', invisible: '无墨', white: '白的', tiny: '小的' }),
    ['hidden-layer'],
  ],
  ['wrong extension', '照片.jpg', buildPdf(['其实是文件']), ['wrong-extension']],
  ['picture called a document', '通知.docx', buildJpeg({}), ['wrong-extension']],
  [
    'macros',
    '表.xlsm',
    buildXlsx([{ name: 'S', rows: textRow(['甲']) }], { 'xl/vbaProject.bin': 'x' }),
    ['macro'],
  ],
  [
    'macros under a harmless name',
    '表.xlsx',
    buildXlsx([{ name: 'S', rows: textRow(['甲']) }], { 'xl/vbaProject.bin': 'x' }),
    ['macro'],
  ],
  ['macros of an old document', '旧.doc', oleWithMacro(), ['macro']],
  ['macros in an archive', '附件.zip', buildZip({ '旧.doc': oleWithMacro() }), ['macro']],
  [
    'embedded document',
    '通知.docx',
    buildDocx(word('正文'), { 'word/embeddings/x.xlsx': hiddenSheet }),
    ['embedded-file'],
  ],
  [
    'template from elsewhere',
    '通知.docx',
    buildDocx(word('正文'), {
      'word/_rels/settings.xml.rels':
        '<Relationships><Relationship Type="http://x/attachedTemplate" Target="http://a.example/t.dotm" TargetMode="External"/></Relationships>',
    }),
    ['remote-content'],
  ],
  [
    'who wrote it',
    '通知.docx',
    buildDocx(word('正文'), { 'docProps/core.xml': '<c><dc:creator>张三丰</dc:creator></c>' }),
    ['author'],
  ],
  ['locked', '通知.pdf', buildPdf(['字'], { encrypt: true }), ['locked']],
  ['zip bomb', '附件.zip', bomb(), ['bomb']],
  ['PDF without end', endless, buildEndlessPdf(), ['bomb']],
  ['damaged', '通知.docx', tracked.slice(0, 300), ['damaged']],
];

const refused: readonly (readonly [string, string, Uint8Array, RegExp])[] = [
  ['test virus', '说明.txt', eicar, /病毒/],
  ['test virus in an archive', '附件.zip', buildZip({ 'a/b.txt': eicar }), /“a\/b.txt”.*病毒/],
  [
    'test virus in an archive of an archive',
    '附件.zip',
    buildZip({ 'in.zip': buildZip({ 'b.txt': eicar }) }),
    /病毒/,
  ],
  ['program', '报名.exe', program, /程序/],
  ['program under another name', '报名表.pdf', program, /程序/],
  ['program in an archive', '附件.zip', buildZip({ 'setup.dat': program }), /程序/],
  ['script by its name', '附件.zip', buildZip({ '说明.js': 'var a = 1;' }), /说明.js/],
  ['shortcut', '附件.zip', buildZip({ '通知.lnk': 'x' }), /通知.lnk/],
  ['name that reads backwards', '报名表\u202efdp.exe', program, /程序/],
  ['secrecy mark', '通知.docx', buildDocx(word('机密★1年') + word('正文')), /保密办公室/],
  [
    'secrecy mark in a hidden sheet',
    '表.xlsx',
    buildXlsx([
      { name: 'S', rows: textRow(['甲']) },
      { name: '底', state: 'veryHidden', rows: textRow(['秘密★']) },
    ]),
    /没有保存任何内容/,
  ],
  ['100 MB', '录像.mp4', new Uint8Array(100 * 1024 * 1024), /100 MB，最大 50 MB/],
  ['nothing at all', '空.docx', new Uint8Array(), /是空的/],
];

describe('files that lie are found', () => {
  it.each(found)('%s', async (_, name, bytes, rules) => {
    const reader = name === endless ? impatient : files;
    const read = await readDraftAttachment({ name, bytes }, { files: reader, pictureText: false });
    const file = { hash: 'c'.repeat(64), name, bytes: bytes.length };
    const { findings } = buildFilesStage().run(checkInput({ attachments: [{ file, ...read }] }));
    for (const rule of rules) expect(findings.map((one) => one.rule)).toContain(rule);
    for (const { message, key } of findings) expect(`${message}${key}`).not.toMatch(/张三丰|110101/);
  });
});

describe('files that lie are refused, and nothing is stored', () => {
  const stored: Uint8Array[] = [];
  const ports = {
    ...{ files, pictureText: false },
    blobs: { put: async (_: string, bytes: Uint8Array) => `${stored.push(bytes)}` },
    stores: { settings: { read: async () => ({ governance: null }) } },
  } as unknown as Parameters<typeof acceptDraftFile>[1];
  const offer = (name: string, bytes: Uint8Array, use: OfferedFile['use'] = 'attachment') =>
    acceptDraftFile({ use, name, bytes }, ports);

  it.each(refused)('%s', async (_, name, bytes, message) => {
    await expect(offer(name, bytes)).rejects.toThrow(message);
    expect(stored).toEqual([]);
  });

  it('a picture is kept without its position, a file as it is', async () => {
    const position = { latitude: 30.25, longitude: 120.15 };
    const picture = buildJpeg({ position, width: 64, height: 32 });
    const kept = await offer('照片.jpg', picture, 'image');
    expect(kept.image).toMatchObject({ width: 64, height: 32, mime: 'image/jpeg', aiGenerated: false });
    expect(kept.notes).toContain('已去除图片里的拍摄位置');
    expect(Buffer.from(stored[0] ?? []).includes('Exif')).toBe(false);
    expect(await offer('名单.xlsx', hiddenSheet)).toMatchObject({
      attachment: { name: '名单.xlsx', bytes: hiddenSheet.length },
    });
    expect(stored[1]).toBe(hiddenSheet);
    await expect(offer('图.jpg', tracked, 'image')).rejects.toThrow('没有保存');
    await expect(offer('大.jpg', new Uint8Array(21 * 1024 * 1024), 'image')).rejects.toThrow('最大 20 MB');
  });
});

it('after all of them, the next file is read', async () => {
  const read = await readDraftAttachment(
    { name: '好.docx', bytes: buildDocx(word('平安')) },
    { files, pictureText: false },
  );
  expect(read).toEqual({ text: '平安', notes: [], unread: [], facts: [] });
});
