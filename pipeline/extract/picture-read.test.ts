import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterAll, describe, expect, it } from 'vitest';
import { prepareZXingModule, writeBarcode } from 'zxing-wasm/writer';
import { buildJpeg, buildPng, buildWebp } from '../../test/builders/pictures.ts';
import { openFileReader } from './file-reader.ts';
import { findPictureFacts } from './picture-facts.ts';
import { readPicture } from './read-picture.ts';
import { stripPicture } from './strip-picture.ts';

const label = '{"Label":"1","ContentProducer":"001"}';
const position = { latitude: 30.25, longitude: 120.15 };
const telling = { position, artist: '张三', orientation: 6, software: '修图' };
const pictures = [
  ['JPEG', buildJpeg(telling)],
  ['PNG', buildPng({ ...telling, texts: { Comment: '内部拍摄' } })],
  ['WebP', buildWebp(telling)],
] as const;
const kindsIn = async (bytes: Uint8Array) => (await findPictureFacts(bytes)).map(({ kind }) => kind);

describe('what a picture tells of its origin', () => {
  it.each(pictures)('%s: position and owner, without the words themselves', async (_, bytes) => {
    const facts = await findPictureFacts(bytes);
    expect(facts).toEqual([
      { kind: 'position', part: null, detail: null },
      { kind: 'device', part: null, detail: '作者 张**' },
    ]);
  });

  it.each(pictures)(
    '%s: taken out, but for how to turn it; the picture stays bit for bit',
    async (_, bytes) => {
      const stripped = stripPicture(bytes);
      expect(await findPictureFacts(stripped)).toEqual([]);
      const text = Buffer.from(stripped).toString('latin1');
      expect(text).not.toContain(Buffer.from('张三').toString('latin1'));
      expect(text).not.toContain('内部');
      expect(stripped.length).toBeLessThan(bytes.length);
      // A second time there is nothing left to take.
      expect(Buffer.from(stripPicture(stripped)).equals(Buffer.from(stripped))).toBe(true);
      expect(Buffer.from(stripped).includes(Buffer.from([1, 0x12, 0, 3, 0, 0, 0, 1, 0, 6]))).toBe(true);
    },
  );

  it('what was put behind the end of the picture goes too', () => {
    const film = Buffer.concat([buildJpeg({}), Buffer.from('ftypmp4 film')]);
    expect(Buffer.from(stripPicture(film)).includes('film')).toBe(false);
    expect(stripPicture(buildJpeg({})).length).toBe(buildJpeg({}).length);
  });

  it.each([
    ['JPEG', buildJpeg({ label, artist: '张三' })],
    ['PNG', buildPng({ label, artist: '张三' })],
    ['WebP', buildWebp({ label, artist: '张三' })],
  ])('%s: the label of a machine-made picture stays', async (_, bytes) => {
    expect(await kindsIn(bytes)).toContain('ai-made');
    expect(await findPictureFacts(stripPicture(bytes))).toEqual([
      { kind: 'ai-made', part: null, detail: 'AIGC 标识' },
    ]);
  });

  it('what the makers of pictures write is a sign as well', async () => {
    expect(await kindsIn(buildPng({ texts: { parameters: 'a school, Steps: 20, Sampler: Euler' } }))).toEqual(
      ['ai-made'],
    );
    expect(await kindsIn(buildJpeg({ software: 'Midjourney 6' }))).toEqual(['ai-made']);
    expect(await kindsIn(buildJpeg({ software: 'Adobe Photoshop 26' }))).toEqual([]);
  });

  it('damaged pictures are given back as they are', () => {
    const broken = buildJpeg(telling).slice(0, 40);
    expect(stripPicture(broken)).toBe(broken);
    expect(stripPicture(new Uint8Array([0xff, 0xd8, 0xff]))).toHaveLength(2);
  });
});

const files = openFileReader();
afterAll(() => files.close());

async function qrCode(text: string): Promise<Uint8Array> {
  const path = createRequire(import.meta.url).resolve('zxing-wasm/writer/zxing_writer.wasm');
  prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(readFileSync(path)).buffer } });
  const { image } = await writeBarcode(text, { format: 'QRCode', scale: 6 });
  return new Uint8Array((await image?.arrayBuffer()) ?? []);
}

describe('what a picture shows', () => {
  it('QR codes, in the process apart', async () => {
    const read = await files.readPicture(await qrCode('https://weixin.qq.com/g/AwYAA沧'), { text: false });
    expect(read).toMatchObject({
      codes: ['https://weixin.qq.com/g/AwYAA沧'],
      text: null,
      notes: ['图中文字未检查'],
    });
  });

  it('printed text', async () => {
    const notice = new Uint8Array(readFileSync(new URL('fixtures/notice.png', import.meta.url)));
    const read = await files.readPicture(notice, { text: true });
    expect(read?.text).toContain('110101199003074477');
    expect(read?.text).toContain('报名时间');
    expect(read?.notes).toEqual([]);
  });

  it('what cannot be read is said', async () => {
    const large = buildPng({ width: 30_000, height: 30_000 });
    expect((await readPicture(large, { text: true })).notes).toEqual([
      '图中二维码未检查（图片过大）',
      '图中文字未检查（图片过大）',
    ]);
    expect((await readPicture(new Uint8Array([1, 2, 3]), { text: true })).text).toBeNull();
    expect((await readPicture(buildWebp({ width: 300, height: 300 }), { text: false })).notes).toEqual([
      '图中二维码未检查（WebP 格式）',
      '图中文字未检查',
    ]);
  });

  it('one that takes too long is not read, and the next one is', async () => {
    const slow = openFileReader({ pictureLimitMs: 1 });
    const notice = new Uint8Array(readFileSync(new URL('fixtures/notice.png', import.meta.url)));
    expect(await slow.readPicture(notice, { text: true })).toBeNull();
    expect((await slow.readPicture(notice, { text: false }))?.codes).toEqual([]);
    await slow.close();
  });
});
