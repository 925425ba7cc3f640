import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { blobStoreContract } from '../../../test/contracts/blob-store.contract.ts';
import { Permanent } from '../../domain/errors.ts';
import { FileBlobStore } from './blob-store.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'guanlan-blobs-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('FileBlobStore keeps the blob store contract', () => {
  blobStoreContract(async () => ({ blobs: await FileBlobStore.open(folder), close: async () => {} }));
});

const filesIn = (path: string) =>
  readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name);

describe('FileBlobStore', () => {
  it('finds blobs again after a restart, and names a damaged one', async () => {
    const first = await FileBlobStore.open(folder);
    const hash = await first.put('own-article', new TextEncoder().encode('全文'));
    const second = await FileBlobStore.open(folder);
    expect(await second.find('own-article', hash)).toEqual(new TextEncoder().encode('全文'));
    writeFileSync(join(folder, 'own-article', hash.slice(0, 2), hash), 'changed');
    await expect(second.find('own-article', hash)).rejects.toThrow(/damaged/);
  });

  it('removes what a killed process left half-written, and leaves what is being written', async () => {
    await FileBlobStore.open(folder);
    const old = join(folder, 'unfinished', 'old');
    writeFileSync(old, '半截评论');
    utimesSync(old, new Date(0), new Date(0));
    writeFileSync(join(folder, 'unfinished', 'fresh'), 'x');
    const blobs = await FileBlobStore.open(folder);
    expect(filesIn(folder)).toEqual(['fresh']);
    expect(await blobs.list('comment')).toEqual([]);
  });

  it('says which folder cannot be made', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    await expect(FileBlobStore.open(join(file, 'blobs'))).rejects.toThrow(Permanent);
    await expect(FileBlobStore.open(join(file, 'blobs'))).rejects.toThrow(file);
  });

  it('leaves nothing half-written when no more can be written', () => {
    // A real refusal in the middle of a file: the shell forbids files of over 16 KiB.
    const store = new URL('./blob-store.ts', import.meta.url).href;
    const script = `import { FileBlobStore } from ${JSON.stringify(store)};
      const blobs = await FileBlobStore.open(${JSON.stringify(folder)});
      await blobs.put('noise', new Uint8Array(1_000_000)).catch((e) => console.log(e.name + ': ' + e.message));
      console.log((await blobs.put('noise', new Uint8Array(10))).length);`;
    const { stdout, stderr } = spawnSync(
      'sh',
      ['-c', 'ulimit -f 32; exec "$0" --import tsx --input-type=module -e "$1"', process.execPath, script],
      { encoding: 'utf8', cwd: new URL('../../..', import.meta.url).pathname },
    );
    expect(stdout, stderr).toMatch(/^RetryLater: The disk that holds .* is full .*\n64\n$/);
    expect(filesIn(folder)).toHaveLength(1);
  });
});
