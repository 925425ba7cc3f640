import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../test/harness/fake-clock.ts';
import { openMemoryKeys } from '../../test/harness/memory-keys.ts';
import { openSqliteFile, type SqliteFile } from '../../test/harness/sqlite-files.ts';
import { openObjectionList } from '../adapters/sqlite/objection-list.ts';
import type { ObjectionList } from '../ports/objection-list.ts';
import { type Objections, openObjections } from './objections.ts';

const weibo = '7700123456';
const openid = 'oABCDEFGHIJKLMNOPQRSTUVWXYZ1';

describe('the list of objections', () => {
  let file: SqliteFile;
  let list: ObjectionList;
  let keys: ReturnType<typeof openMemoryKeys>;
  let listed = 0;
  let objections: Objections;
  beforeEach(() => {
    file = openSqliteFile();
    const stored = openObjectionList(file.connect());
    listed = 0;
    list = {
      ...stored,
      list: () => {
        listed += 1;
        return stored.list();
      },
    };
    keys = openMemoryKeys('objection');
    objections = openObjections({ list, keys, clock: new FakeClock() });
  });
  afterEach(() => file.close());
  const add = (platform: string, authorId: string, on = objections) =>
    on.add({ platform, authorId, receivedOn: '2026-11-20', reference: '1', actorId: null });

  it('knows an objector on the platform where the objection was made, and nowhere else', async () => {
    await add('weibo', weibo);
    await add('wechat', openid);
    const { isObjector, problem } = await objections.read();
    expect(problem).toBeNull();
    expect(isObjector('weibo', weibo)).toBe(true);
    expect(isObjector('weibo', ` ${weibo} `)).toBe(true);
    expect(isObjector('wechat', openid)).toBe(true);
    expect(isObjector('wechat', weibo)).toBe(false);
    expect(isObjector('site', weibo)).toBe(false);
    expect(isObjector('feed', weibo)).toBe(false);
    expect(isObjector('weibo', '')).toBe(false);
  });

  it('is read anew only when it has changed, also by another process', async () => {
    await objections.read();
    await objections.read();
    expect(listed).toBe(1);
    const other = openObjections({ list, keys, clock: new FakeClock('2026-11-23T00:00:00.000Z') });
    const { id } = await add('weibo', weibo, other);
    listed = 0;
    expect((await objections.read()).isObjector('weibo', weibo)).toBe(true);
    await objections.read();
    expect(listed).toBe(1);
    await other.remove(id, 'taken back', null);
    expect((await objections.read()).isObjector('weibo', weibo)).toBe(false);
  });

  it('holds digests that tell nothing without the key, and others with every key and platform', async () => {
    await add('weibo', weibo);
    await add('site', weibo);
    keys.add();
    const [first, second] = await list.list();
    expect(first?.digest).not.toBe(second?.digest);
    expect(JSON.stringify(await list.list())).not.toContain(weibo);
  });

  it('takes everybody for an objector while a key is missing, and says which', async () => {
    await add('weibo', weibo);
    const kept = keys.newest();
    keys.add();
    await add('weibo', '7700999999');
    keys.lose(kept.kid);
    const fresh = openObjections({ list, keys, clock: new FakeClock() });
    const { isObjector, problem } = await fresh.read();
    expect(isObjector('weibo', '1234567')).toBe(true);
    expect(problem).toContain(`objection-${kept.kid}.key`);
    await expect(add('weibo', '7700000000', fresh)).rejects.toThrow('which is not in GUANLAN_KEYS');
  });
});
