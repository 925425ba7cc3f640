import { randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { SealedFile, verifySeal } from '../pipeline/domain/seal.ts';
import { buildDocx } from '../test/builders/office-files.ts';
import { buildJpeg } from '../test/builders/pictures.ts';
import { describeSetUps } from '../test/harness/describe-set-ups.ts';
import {
  approveDraft,
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
import { findInRawFiles } from '../test/harness/raw-bytes.ts';
import { readAudit } from '../test/harness/read-audit.ts';
import type { Visitor } from '../test/harness/visitor.ts';
import { ImportedText, UploadedFile } from './contract/draft-files.ts';
import { LinkedDraft, NewDraftLink } from './contract/draft-link.ts';
import { DraftStatistics } from './contract/draft-statistics.ts';

let scene: DraftScene;

const octets = { 'content-type': 'application/octet-stream' };
function upload(
  visitor: Visitor,
  id: string,
  file: { use: string; name: string; bytes: Uint8Array | string },
) {
  const query = `use=${file.use}&name=${encodeURIComponent(file.name)}`;
  const raw = typeof file.bytes === 'string' ? file.bytes : new Uint8Array(file.bytes);
  return visitor.send('POST', `/api/drafts/${id}/files?${query}`, { raw, headers: octets });
}
const photo = buildJpeg({ position: { latitude: 30.5, longitude: 114.3 }, artist: '摄影师乙' });
const listBlobs = () => scene.office.deps.blobs.list('publication');

describeSetUps('files of drafts over HTTP', (emptyPlace) => {
  beforeAll(async () => {
    scene = await openDraftScene(await openOffice({}, await emptyPlace()));
    return () => scene.office.close();
  });

  test('a picture loses where and by whom, is shown to those who see the draft, and to nobody else', async () => {
    const { writer, staff, otherHead, leader } = scene;
    const id = await createDraft(writer);
    const reply = await upload(writer, id, { use: 'image', name: '合影.jpg', bytes: photo });
    const { hash, image, notes, proof } = UploadedFile.parse(reply.json);
    expect(notes.join()).toContain('拍摄位置');
    expect(image).toMatchObject({ hash, mime: 'image/jpeg', name: '合影.jpg', licence: 'unknown' });
    const address = `/api/drafts/${id}/files/${hash}`;
    // Not saved with it yet: for whoever has the proof alone.
    expect((await writer.get(address)).status).toBe(404);
    expect((await writer.get(`${address}?proof=${encodeURIComponent(proof)}`)).status).toBe(200);
    const document = {
      type: 'doc',
      content: [{ type: 'paragraph', content: [{ type: 'image', attrs: { hash, alt: '合影' } }] }],
    };
    const content = { ...contentOf(), document, images: [image] };
    expect((await writer.post(`/api/drafts/${id}/content`, { revision: 1, content })).status).toBe(200);
    const shown = await leader.get(address);
    expect(shown.headers.get('content-type')).toBe('image/jpeg');
    expect(shown.headers.get('x-content-type-options')).toBe('nosniff');
    expect(shown.headers.get('content-security-policy')).toContain('sandbox');
    expect(shown.text).not.toContain('摄影师乙');
    expect((await staff.get(address)).status).toBe(200);
    expect((await otherHead.get(address)).status).toBe(404);
    const other = await createDraft(writer);
    expect((await writer.get(`/api/drafts/${other}/files/${hash}`)).status).toBe(404);
    const page = await writer.get(`/api/drafts/${id}/html`);
    expect(page.text).toContain(`<img src="${address}" alt="合影"`);
    expect(page.headers.get('content-security-policy')).toMatch(/^sandbox; default-src 'none'/);
    const fragment = await writer.get(`/api/drafts/${id}/html?as=fragment`);
    expect(fragment.headers.get('content-disposition')).toContain('attachment');
    expect(fragment.text).toContain('src="合影.jpg"');
    const rendered = await staff.post(`/api/drafts/${id}/render`, { content });
    expect(rendered.json).toMatchObject({ html: expect.stringContaining(address) });
  });

  test('what runs, what lies about itself and what is secret is refused, and nothing of it is kept', async () => {
    const { writer, office } = scene;
    const id = await createDraft(writer);
    const before = await listBlobs();
    const eicar = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('');
    const refused = async (file: Parameters<typeof upload>[2]) => (await upload(writer, id, file)).json;
    expect(await refused({ use: 'attachment', name: '名单.txt', bytes: eicar })).toMatchObject({
      ...{ status: 400, field: 'file' },
    });
    const program = new Uint8Array([0x4d, 0x5a, 0x90, 0, ...new Uint8Array(200)]);
    expect(await refused({ use: 'attachment', name: '报名表.docx', bytes: program })).toMatchObject({
      status: 400,
    });
    expect(await refused({ use: 'image', name: '图.jpg', bytes: 'no picture' })).toMatchObject({
      status: 400,
    });
    expect(await refused({ use: 'image', name: '图.jpg', bytes: '' })).toMatchObject({ status: 400 });
    const paragraph = '<w:p><w:r><w:t>机密★三年 洞庭勘察队</w:t></w:r></w:p>';
    expect(
      await refused({ use: 'attachment', name: '方案.docx', bytes: buildDocx(paragraph) }),
    ).toMatchObject({ status: 400, detail: expect.stringContaining('没有保存') });
    expect(await listBlobs()).toEqual(before);
    expect(findInRawFiles(office.folder, '洞庭勘察队')).toEqual([]);
    expect(office.log()).not.toContain('洞庭勘察队');
    // Somebody who reviews brings no pictures.
    const { otherHead, leader } = scene;
    expect((await upload(otherHead, id, { use: 'image', name: 'a.jpg', bytes: photo })).status).toBe(404);
    expect((await upload(leader, id, { use: 'image', name: 'a.jpg', bytes: photo })).status).toBe(403);
  });

  test('Word and pasted layouts become a text that the page saves', async () => {
    const { writer } = scene;
    const id = await createDraft(writer);
    const send = (from: string, raw: string | Uint8Array<ArrayBuffer>) =>
      writer.send('POST', `/api/drafts/${id}/import?from=${from}`, { raw, headers: octets });
    const data = `data:image/jpeg;base64,${Buffer.from(photo).toString('base64')}`;
    const html = `<section style="color:red" onclick="x()"><p>社团招新</p><img src="${data}"><img src="https://evil.example/a.png"><script>alert(1)</script></section>`;
    const pasted = ImportedText.parse((await send('html', html)).json);
    expect(JSON.stringify(pasted.document)).not.toMatch(/script|onclick/);
    expect(pasted.images).toHaveLength(1);
    expect(pasted.notes.join()).toContain('没有带过来');
    expect(Object.keys(pasted.proofs)).toEqual(pasted.images.map(({ hash }) => hash));
    const { title, document, images } = pasted;
    const content = { ...contentOf({ title: title ?? '社团招新' }), document, images };
    expect((await writer.post(`/api/drafts/${id}/content`, { revision: 1, content })).status).toBe(200);
    const word = buildDocx('<w:p><w:r><w:t>图书馆开馆时间调整。</w:t></w:r></w:p>');
    const read = ImportedText.parse((await send('word', new Uint8Array(word))).json);
    expect(JSON.stringify(read.document)).toContain('开馆时间调整');
    expect((await send('word', 'nonsense'.repeat(40))).status).toBeLessThan(500);
    expect((await send('html', '<p>秘密★十年 勘察</p>')).json).toMatchObject({ status: 400, field: 'file' });
    expect((await send('html', '')).json).toMatchObject({ status: 400, field: 'file' });
  });

  test('a link shows one version on one device, and nothing can be done by it', async () => {
    const { writer, head, otherHead, office } = scene;
    const id = await createDraft(writer);
    await moveAll(id, [[writer, 'submit']]);
    expect((await otherHead.post(`/api/drafts/${id}/links`, {})).status).toBe(404);
    expect((await scene.leader.post(`/api/drafts/${id}/links`, {})).status).toBe(403);
    const made = NewDraftLink.parse((await writer.post(`/api/drafts/${id}/links`, {})).json);
    const phone = office.visit();
    const open = (visitor: Visitor) => visitor.post('/api/draft-links/open', { token: made.token });
    const shown = LinkedDraft.parse((await open(phone)).json);
    expect(shown).toMatchObject({ title: '关于延长开馆时间的通知', isOlder: false, openSteps: ['first'] });
    expect(shown.html).toContain('二十二点闭馆');
    expect((await open(phone)).status).toBe(200);
    expect((await open(office.visit())).status).toBe(404);
    expect((await phone.get(`/api/drafts/${id}`)).status).toBe(401);
    await moveAll(id, [[writer, 'withdraw']]);
    await saveDraft(writer, id, { text: '改过的正文。' });
    const later = LinkedDraft.parse((await open(phone)).json);
    expect([later.isOlder, later.html.includes('改过的正文')]).toEqual([true, false]);
    const links = (await readDraft(head, id)).links ?? [];
    expect(links.map((link) => [link.id, link.openedAt === null, link.isOver])).toEqual([
      [made.id, false, false],
    ]);
    await moveAll(id, [[writer, 'discard']]);
    expect((await open(phone)).status).toBe(404);
    expect((await writer.post(`/api/drafts/${id}/links/${made.id}/end`)).status).toBe(204);
    expect((await open(phone)).status).toBe(404);
    const told = (await readAudit(office.stores)).filter(({ subject }) => subject === id);
    const kinds = told.map(({ action }) => action).filter((action) => action.startsWith('draft.link'));
    expect(kinds.sort()).toEqual(
      ['draft.link-ended', 'draft.link-made', ...Array(3).fill('draft.link-opened')].sort(),
    );
  });

  test('a linked page shows its pictures to its device alone', async () => {
    const { writer, office } = scene;
    const id = await createDraft(writer);
    const { hash, image } = UploadedFile.parse(
      (await upload(writer, id, { use: 'image', name: '图.jpg', bytes: photo })).json,
    );
    const shown = { type: 'paragraph', content: [{ type: 'image', attrs: { hash, alt: '' } }] };
    const content = { ...contentOf(), document: { type: 'doc', content: [shown] }, images: [image] };
    await writer.post(`/api/drafts/${id}/content`, { revision: 1, content });
    const { token } = NewDraftLink.parse((await writer.post(`/api/drafts/${id}/links`, {})).json);
    const [phone, stranger] = [office.visit(), office.visit()];
    const { html } = LinkedDraft.parse((await phone.post('/api/draft-links/open', { token })).json);
    const address = `/api/draft-links/${id}/files/${hash}`;
    expect(html).toContain(address);
    expect((await phone.get(address)).status).toBe(200);
    expect((await stranger.get(address)).status).toBe(404);
    expect((await phone.get(`/api/draft-links/${id}/files/${'0'.repeat(64)}`)).status).toBe(404);
  });

  test('the sealed file proves itself, and tells a change of one sign', async () => {
    const id = await approveDraft(scene);
    const reply = await scene.leader.get(`/api/drafts/${id}/sealed`);
    expect(reply.headers.get('content-disposition')).toContain('attachment');
    const { seal, form, reportDigest } = SealedFile.parse(reply.json);
    const hands = scene.office.deps.seal;
    expect(verifySeal(seal, { form, reportDigest }, hands)).toEqual({ state: 'valid', parts: [] });
    const changed = { ...form, text: form.text.replace('二十二', '二十一') };
    expect(verifySeal(seal, { form: changed, reportDigest }, hands)).toEqual({
      ...{ state: 'changed', parts: ['text'] },
    });
    const unsealed = await createDraft(scene.writer);
    expect((await scene.writer.get(`/api/drafts/${unsealed}/sealed`)).status).toBe(404);
  });

  test('the form fills itself, as a file for Word', async () => {
    const id = await approveDraft(scene);
    const form = await scene.head.get(`/api/drafts/${id}/form?as=docx`);
    expect(form.status).toBe(200);
    expect(form.headers.get('content-disposition')).toContain('.docx');
    expect(form.text.slice(0, 2)).toBe('PK');
    expect((await scene.otherHead.get(`/api/drafts/${id}/form?as=docx`)).status).toBe(404);
  });

  test('figures say how the work went, of the own unit or of all', async () => {
    const { writer, staff, head, director, officer, otherHead } = scene;
    const before = DraftStatistics.parse((await officer.get('/api/drafts/statistics')).json);
    const id = await createDraft(writer);
    await moveAll(id, [
      [writer, 'submit'],
      [staff, 'return', { text: '请补充。' }],
    ]);
    await saveDraft(writer, id, { text: '补充之后的正文。' });
    await moveAll(id, [
      [writer, 'submit'],
      [staff, 'pass', { errorsFound: 3 }],
      [head, 'pass', { errorsFound: 1 }],
      [director, 'pass', { errorsFound: 0 }],
    ]);
    const after = DraftStatistics.parse((await head.get('/api/drafts/statistics')).json);
    expect([after.submitted - before.submitted, after.approved - before.approved]).toEqual([1, 1]);
    expect(after.returned - before.returned).toBe(1);
    const errorsAt = (figures: DraftStatistics, step: string) =>
      figures.steps.find((one) => one.step === step)?.errorsFound ?? 0;
    expect(errorsAt(after, 'first') - errorsAt(before, 'first')).toBe(3);
    expect(DraftStatistics.parse((await otherHead.get('/api/drafts/statistics')).json)).toMatchObject({
      ...{ submitted: 0, units: [], steps: [] },
    });
    const wrong = await officer.get('/api/drafts/statistics?from=2026-11-20&until=2026-11-01');
    expect(wrong.json).toMatchObject({ status: 400, field: 'until' });
    expect((await writer.get('/api/drafts/statistics')).status).toBe(403);
    expect((await moveDraft(writer, id, 'submit', { commandId: randomUUID() })).status).toBe(409);
  });
});
