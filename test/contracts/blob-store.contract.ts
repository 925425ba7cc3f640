import { createHash } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { InvalidInput } from '../../pipeline/domain/errors.ts';
import type { BlobStore } from '../../pipeline/ports/blob-store.ts';

export interface OpenedBlobs {
  blobs: BlobStore;
  close(): Promise<void>;
}

const bytesOf = (text: string) => new TextEncoder().encode(text);
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

export function blobStoreContract(open: () => Promise<OpenedBlobs>): void {
  let opened: OpenedBlobs;
  let blobs: BlobStore;

  beforeEach(async () => {
    opened = await open();
    blobs = opened.blobs;
  });
  afterEach(() => opened.close());

  it('gives back the very bytes under their SHA-256', async () => {
    const samples = [
      bytesOf(''),
      bytesOf('沧澜师范学院😀'.repeat(5000)),
      new Uint8Array([0, 255, 0, 10, 13]),
    ];
    for (const bytes of samples) {
      const hash = await blobs.put('raw-page', bytes);
      expect(hash).toBe(sha256(bytes));
      expect(await blobs.find('raw-page', hash)).toEqual(bytes);
    }
  });

  it('is not changed by what callers do to their bytes', async () => {
    const bytes = bytesOf('原文');
    const hash = await blobs.put('comment', bytes);
    bytes.fill(0);
    const found = await blobs.find('comment', hash);
    expect(found).toEqual(bytesOf('原文'));
    found?.fill(0);
    expect(await blobs.find('comment', hash)).toEqual(bytesOf('原文'));
  });

  it('stores equal bytes once, also from many callers at a time', async () => {
    const bytes = bytesOf('x'.repeat(200_000));
    const hashes = await Promise.all(Array.from({ length: 20 }, () => blobs.put('noise', bytes)));
    expect(new Set(hashes)).toEqual(new Set([sha256(bytes)]));
    expect(await blobs.list('noise')).toEqual([sha256(bytes)]);
    expect(await blobs.find('noise', sha256(bytes))).toEqual(bytes);
  });

  it('keeps retention classes apart: deleting in one leaves the other', async () => {
    const bytes = bytesOf('同一字节');
    const hash = await blobs.put('comment', bytes);
    expect(await blobs.find('own-article', hash)).toBeNull();
    await blobs.put('own-article', bytes);
    await blobs.delete('comment', hash);
    expect(await blobs.find('comment', hash)).toBeNull();
    expect(await blobs.find('own-article', hash)).toEqual(bytes);
    expect(await blobs.list('comment')).toEqual([]);
  });

  it('deletes twice, and what was never there', async () => {
    const hash = await blobs.put('noise', bytesOf('短命'));
    await blobs.delete('noise', hash);
    await blobs.delete('noise', hash);
    await blobs.delete('record', sha256(bytesOf('never stored')));
    expect(await blobs.find('noise', hash)).toBeNull();
    expect(await blobs.put('noise', bytesOf('短命'))).toBe(hash);
  });

  it('lists the hashes of one class', async () => {
    const hashes = [];
    for (let i = 0; i < 30; i++) hashes.push(await blobs.put('record', bytesOf(`记录 ${i}`)));
    await blobs.put('audit', bytesOf('other'));
    expect((await blobs.list('record')).sort()).toEqual(hashes.sort());
    expect(await blobs.list('raw-page')).toEqual([]);
  });

  it('refuses what is no hash', async () => {
    const hash = await blobs.put('noise', bytesOf('a'));
    for (const wrong of [
      '',
      '../../../etc/passwd',
      hash.toUpperCase(),
      `${hash}0`,
      `${hash}\n`,
      'g'.repeat(64),
    ]) {
      await expect(blobs.find('noise', wrong)).rejects.toThrow(InvalidInput);
      await expect(blobs.delete('noise', wrong)).rejects.toThrow(InvalidInput);
    }
  });
}
