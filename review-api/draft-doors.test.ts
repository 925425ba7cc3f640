import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { acceptFile } from '../pipeline/commands/draft-uploads.ts';
import { printDraftForms } from '../pipeline/commands/print-draft-forms.ts';
import type { FileFact } from '../pipeline/domain/file-fact.ts';
import type { PrintedDocument } from '../pipeline/domain/printed-document.ts';
import { buildDocx } from '../test/builders/office-files.ts';
import { buildJpeg } from '../test/builders/pictures.ts';
import {
  contentOf,
  createDraft,
  type DraftScene,
  moveAll,
  moveDraft,
  openDraftScene,
  readDraft,
  saveDraft,
} from '../test/harness/draft-scene.ts';
import { openOffice } from '../test/harness/office.ts';
import type { Visitor } from '../test/harness/visitor.ts';
import { UploadedFile } from './contract/draft-files.ts';

const headers = { 'content-type': 'application/octet-stream' };
const upload = (visitor: Visitor, id: string, use: string, bytes: Uint8Array) =>
  visitor.send('POST', `/api/drafts/${id}/files?use=${use}&name=${encodeURIComponent('图.jpg')}`, {
    raw: new Uint8Array(bytes),
    headers,
  });

describe('by what ways something gets into a draft, or out of it', () => {
  let scene: DraftScene;
  beforeAll(async () => {
    scene = await openDraftScene(await openOffice());
  });
  afterAll(() => scene.office.close());

  const save = async (id: string, content: object) => {
    const { revision } = await readDraft(scene.writer, id);
    return scene.writer.post(`/api/drafts/${id}/content`, { revision, content });
  };

  test('no move but a signature names a file: another draft’s is not read by its hash', async () => {
    const { writer, otherHead } = scene;
    const id = await createDraft(writer);
    const { hash, image } = UploadedFile.parse((await upload(writer, id, 'image', buildJpeg({}))).json);
    const shown = { type: 'paragraph', content: [{ type: 'image', attrs: { hash, alt: '' } }] };
    const document = { type: 'doc', content: [shown] };
    expect((await save(id, { ...contentOf(), document, images: [image] })).status).toBe(200);
    const other = await createDraft(otherHead);
    expect((await moveDraft(otherHead, other, 'discard', { scan: hash })).status).toBe(200);
    expect((await otherHead.get(`/api/drafts/${other}/files/${hash}`)).status).toBe(404);
  });

  test('a secrecy mark is stopped at every field that is stored', async () => {
    const { writer, office } = scene;
    const id = await createDraft(writer);
    const mark = '机密★五年 鄱阳';
    const linked = (attrs: object) => ({
      type: 'doc',
      content: [
        {
          type: 'paragraph',
          content: [{ type: 'text', text: '链接', marks: [{ type: 'link', attrs }] }],
        },
      ],
    });
    const { image } = UploadedFile.parse((await upload(writer, id, 'image', buildJpeg({}))).json);
    const from = { kind: 'reprint', from: null, url: `https://a.example/${mark.replace(' ', '')}` };
    for (const more of [
      { document: linked({ href: 'https://a.example/', title: mark }) },
      { images: [{ ...image, showsMap: true, mapNumber: mark }] },
      { source: from },
    ])
      expect((await save(id, { ...contentOf(), ...more })).json).toMatchObject({
        ...{ status: 400, detail: expect.stringContaining('没有保存任何内容') },
      });
    const asked = await moveDraft(writer, id, 'ask-allowance', { text: '请放行。', keys: [mark] });
    expect(asked.json).toMatchObject({ status: 400, field: 'text' });
    const answer = { commandId: randomUUID(), key: 'k', rule: 'r', reason: '无误', text: mark };
    expect((await writer.post(`/api/drafts/${id}/answers`, answer)).json).toMatchObject({ status: 400 });
    expect(office.log()).not.toContain('鄱阳');
  });

  test('a Word file with a mark at the head of its pages is no draft, though heads are not taken over', async () => {
    const { writer } = scene;
    const id = await createDraft(writer);
    const said = (text: string) => `<w:p><w:r><w:t>${text}</w:t></w:r></w:p>`;
    const head = `<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">${said('机密★五年')}</w:hdr>`;
    const boxed = `<w:p><w:r><w:pict><v:textbox xmlns:v="urn:schemas-microsoft-com:vml"><w:txbxContent>${said('秘密★三年')}</w:txbxContent></v:textbox></w:pict></w:r></w:p>`;
    for (const file of [
      buildDocx(said('关于开展调查的通知'), { 'word/header1.xml': head }),
      buildDocx(`${boxed}${said('关于开展调查的通知')}`),
    ]) {
      const sending = { raw: new Uint8Array(file), headers };
      const reply = await writer.send('POST', `/api/drafts/${id}/import?from=word`, sending);
      expect(reply.json).toMatchObject({ status: 400, field: 'file' });
      expect(reply.text).toContain('没有保存任何内容');
    }
  });

  test('pictures of a fragment lie beside it, whatever they are called', async () => {
    const { writer } = scene;
    const id = await createDraft(writer);
    const { hash, image } = UploadedFile.parse((await upload(writer, id, 'image', buildJpeg({}))).json);
    const shown = { type: 'paragraph', content: [{ type: 'image', attrs: { hash, alt: '' } }] };
    const images = [{ ...image, name: '//elsewhere.example/pixel.png?to=1' }];
    await save(id, { ...contentOf(), document: { type: 'doc', content: [shown] }, images });
    const { text } = await writer.get(`/api/drafts/${id}/html?as=fragment`);
    expect(text).toContain('src="__elsewhere.example_pixel.png_to=1"');
  });

  test('a picture that cannot be cleaned is not said to be clean', async () => {
    const { writer } = scene;
    const id = await createDraft(writer);
    const photo = Buffer.from(buildJpeg({ position: { latitude: 30.5, longitude: 114.3 } }));
    const frame = photo.indexOf(Buffer.from([0xff, 0xc0]));
    const odd = Buffer.from([0xff, 0xe5, 0xff, 0xff]);
    const broken = new Uint8Array(Buffer.concat([photo.subarray(0, frame), odd, photo.subarray(frame)]));
    const told: FileFact[][] = [];
    const deps = {
      ...scene.office.deps,
      rememberPicture: (_hash: string, { facts }: { facts: FileFact[] }) => told.push(facts),
    };
    const { hash, notes } = await acceptFile({ use: 'image', name: '图.jpg', bytes: broken }, deps);
    expect(hash).toBe(createHash('sha256').update(broken).digest('hex'));
    expect(notes.join()).toContain('带有拍摄位置，无法去除');
    expect(notes.join()).not.toContain('已去除');
    // What the check is told of it.
    expect(told).toEqual([[{ kind: 'position', part: null, detail: null }]]);
    const whole = await acceptFile({ use: 'image', name: '图.jpg', bytes: new Uint8Array(photo) }, deps);
    expect([whole.notes.join(), told.at(-1)]).toEqual([expect.stringContaining('已去除'), []]);
    const bmp = Buffer.alloc(80);
    bmp.write('BM', 0, 'latin1');
    bmp.writeInt32LE(-5, 18);
    bmp.writeInt32LE(9, 22);
    expect((await upload(writer, id, 'image', bmp)).status).toBeLessThan(500);
    // A signature on paper is a picture or a PDF.
    expect((await upload(writer, id, 'scan', Buffer.from('只是文字'))).json).toMatchObject({ status: 400 });
  });

  test('what is too long to be kept is not checked either', async () => {
    const { writer } = scene;
    const id = await createDraft(writer);
    const content = contentOf({ text: '图书馆延长开馆时间。'.repeat(20_001) });
    const reply = await writer.post(`/api/drafts/${id}/check`, { content });
    expect(reply.json).toMatchObject({ status: 400, field: 'content.document' });
  });

  test('leave is asked for what is found, and holds for nobody else’s data in its place', async () => {
    const { writer, director } = scene;
    const told = (number: string) => `请向张老师反映，他的身份证号是${number}。`;
    const id = await createDraft(writer, { text: told('110101199003074477') });
    const key = 'personal-data:identity-number:0:1:00';
    const early = await moveDraft(writer, id, 'ask-allowance', { text: '请放行。', keys: [key] });
    expect(early.json).toMatchObject({ status: 400, field: 'keys' });
    const refused = await moveDraft(writer, id, 'submit');
    const keys = String((refused.json as { hint: string }).hint).split('\n');
    await moveAll(id, [
      [writer, 'ask-allowance', { text: '样例号码。', keys }],
      [director, 'allow', { text: '同意。', keys }],
    ]);
    await saveDraft(writer, id, { text: told('11010519491231002X') });
    expect((await moveDraft(writer, id, 'submit')).json).toMatchObject({ status: 400, field: 'findings' });
    await saveDraft(writer, id, { text: `另：${told('110101199003074477')}` });
    expect((await moveDraft(writer, id, 'submit')).status).toBe(200);
  });

  test('while it is corrected, the form is that of what is live: its people, its report', async () => {
    const { writer, staff, head, director, office } = scene;
    const id = await createDraft(writer, { text: '会议于2026年11月24日（星期一）召开。' });
    const review = [staff, head, director].map((by) => [by, 'pass', { errorsFound: 0 }] as const);
    await moveAll(id, [
      [writer, 'submit'],
      ...review,
      [writer, 'mark-published', { channelId: 'main-site' }],
      [writer, 'start-correction', { text: '星期有误。' }],
    ]);
    await saveDraft(writer, id, { title: '更正后的标题', text: '会议于2026年11月24日（星期二）召开。' });
    await moveAll(id, [[writer, 'submit']]);
    const printed: PrintedDocument[] = [];
    const keep = async (documents: readonly PrintedDocument[]) => {
      printed.push(...documents);
      return new Uint8Array();
    };
    const draft = await office.stores.drafts.find(id, { units: 'all', personIds: [] });
    if (draft === null) throw new Error('no draft');
    await printDraftForms([draft], 'docx', {
      ...office.deps,
      printer: { docx: keep, pdf: keep, html: keep },
    });
    const form = JSON.stringify(printed);
    expect(form).not.toContain('更正后的标题');
    // Three people passed it, and the wrong day was found then.
    expect(form.match(/"通过"/g)).toHaveLength(3);
    expect(form).toContain('星期二');
    await moveAll(id, [[staff, 'reject', { text: '不必更正。' }]]);
    printed.length = 0;
    const kept = await office.stores.drafts.find(id, { units: 'all', personIds: [] });
    if (kept === null) throw new Error('no draft');
    await printDraftForms([kept], 'docx', { ...office.deps, printer: { docx: keep, pdf: keep, html: keep } });
    expect(JSON.stringify(printed)).toContain('星期二');
  });
});
