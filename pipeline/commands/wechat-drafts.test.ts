import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildContent, draftPeople } from '../../test/builders/draft.ts';
import { FakeClock } from '../../test/harness/fake-clock.ts';
import { openAuditLog } from '../adapters/sqlite/audit-log.ts';
import { openDatabase, type SqliteDatabase, statement } from '../adapters/sqlite/database.ts';
import { openDraftStore } from '../adapters/sqlite/draft-store.ts';
import { openLeaseStore } from '../adapters/sqlite/lease-store.ts';
import { openSettingsStore } from '../adapters/sqlite/settings-store.ts';
import { Channel } from '../domain/channel.ts';
import type { Draft } from '../domain/draft.ts';
import { Conflict, CredentialExpired, InvalidInput, NotFound, Permanent } from '../domain/errors.ts';
import type { OutgoingWechatDraft, WechatDrafts } from '../ports/wechat-drafts.ts';
import { listWechatBox, sendToWechat } from './wechat-drafts.ts';

const hash = 'a'.repeat(64);
const account = { kind: 'wechat', unit: 'library', biz: 'MzA5NDAwMzE3NA==', state: 'live' } as const;
const clock = new FakeClock();
const actor = { id: 'user-writer', roles: [] };

let db: SqliteDatabase;
let draft: Draft;
let sent: OutgoingWechatDraft[];
let refuse: Error | null;

const box: WechatDrafts = {
  list: async () => {
    if (refuse !== null) throw refuse;
    return { items: [], total: 0, nextOffset: null };
  },
  find: async () => null,
  add: async (_, one) => {
    if (refuse !== null) throw refuse;
    sent.push(one);
    return { mediaId: `m${sent.length}`, notes: [] };
  },
};
const ports = () => ({
  clock,
  wechatDrafts: box,
  blobs: { find: async () => new Uint8Array([1]) },
  stores: {
    settings: openSettingsStore(db),
    drafts: openDraftStore(db),
    leases: openLeaseStore(db),
    audit: openAuditLog(db),
  },
});

beforeEach(async () => {
  [db, sent, refuse] = [openDatabase(':memory:'), [], null];
  const channels = [
    { ...account, id: 'account', name: '图书馆公众号', appId: 'wx4f0c21a9d87e35b6', sendsDrafts: true },
    { ...account, id: 'bare', name: '没有接口' },
  ].map((one) => Channel.parse(one));
  const { settings, drafts } = ports().stores;
  await settings.save('channels', channels, {
    ...{ expectedVersion: await settings.readVersion(), actorId: null, source: 'test', at: clock.now() },
    id: clock.newId(),
  });
  const images = [
    {
      ...{
        hash,
        name: '门.png',
        mime: 'image/png' as const,
        bytes: 1,
        width: null,
        height: null,
        source: null,
      },
      ...{
        licence: 'own' as const,
        licenceUntil: null,
        showsMap: false,
        mapNumber: null,
        aiGenerated: false,
      },
    },
  ];
  const content = buildContent({ channels: ['account', 'bare'], images });
  const made = await drafts.create(
    { commandId: clock.newId(), unitId: 'library', content },
    draftPeople.writer,
    clock.now(),
  );
  const seal = { version: 1 } as unknown as NonNullable<Draft['seal']>;
  draft = { ...made, state: 'approved', seal };
});
afterEach(() => {
  db.close();
});

const send = (of: Draft, channelId = 'account') => sendToWechat(of, { channelId, actor }, ports());

describe('what goes into a draft box', () => {
  it('is what was approved, and is logged', async () => {
    expect(await send(draft)).toEqual({ mediaId: 'm1', at: clock.now(), notes: [] });
    expect(sent[0]).toMatchObject({ title: '关于开馆时间的通知', images: [{ hash, mime: 'image/png' }] });
    const [logged] = statement<[], { action: string; body: string }>(
      db,
      `SELECT e.action, p.body FROM audit_entry e JOIN audit_payload p ON p.entry_id = e.id
         WHERE e.action = 'draft.put-into-wechat-box'`,
    ).all();
    expect(JSON.parse(logged?.body ?? '{}')).toMatchObject({
      channelId: 'account',
      mediaId: 'm1',
      version: 1,
    });
  });

  it.each([
    ['what is not approved', () => send({ ...draft, state: 'in-review' }), Conflict],
    ['what has no seal', () => send({ ...draft, seal: null }), Conflict],
    ['what was approved for other channels', () => send({ ...draft, channels: [] }), InvalidInput],
    ['an account without the interface', () => send(draft, 'bare'), InvalidInput],
    ['what is no account', () => send({ ...draft, channels: ['site'] }, 'site'), NotFound],
  ])('is never %s', async (_, asked, error) => {
    await expect(asked()).rejects.toThrow(error);
    expect(sent).toEqual([]);
  });

  it('is one draft for two clicks', async () => {
    const both = await Promise.allSettled([send(draft), send(draft)]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(sent).toHaveLength(1);
  });

  it.each([
    [new CredentialExpired('林老师', 'no right (48001)', '48001'), '请联系 林老师（48001）'],
    [new Permanent('the text is too long for the interface (45002)'), '没有接受（错误码 45002）'],
  ])('or a word in Chinese why not', async (error, words) => {
    refuse = error;
    await expect(send(draft)).rejects.toThrow(words);
    await expect(listWechatBox('account', 0, ports())).rejects.toThrow(InvalidInput);
  });
});
