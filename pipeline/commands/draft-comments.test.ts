import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildContent, draftPeople } from '../../test/builders/draft.ts';
import { FakeClock } from '../../test/harness/fake-clock.ts';
import { openDatabase, type SqliteDatabase } from '../adapters/sqlite/database.ts';
import { openDraftComments } from '../adapters/sqlite/draft-comments.ts';
import { openDraftStore } from '../adapters/sqlite/draft-store.ts';
import type { Draft } from '../domain/draft.ts';
import type { DraftMover } from '../domain/draft-steps.ts';
import { InvalidInput, NotPermitted } from '../domain/errors.ts';
import { changeDraftComment, listDraftComments } from './draft-comments.ts';

let db: SqliteDatabase;
let draft: Draft;
const clock = new FakeClock();
const { writer, reviewer, head } = draftPeople;

const ports = () => ({
  stores: { drafts: openDraftStore(db), draftComments: openDraftComments(db) },
  clock,
});
const said = '图书馆开馆时间调整，请读者留意图书馆通知。';

beforeEach(async () => {
  db = openDatabase(':memory:');
  const command = { commandId: clock.newId(), unitId: 'library', content: buildContent({}, said) };
  draft = await ports().stores.drafts.create(command, writer, clock.now());
});
afterEach(() => {
  db.close();
});

const as = (mover: DraftMover) => ({ ...ports(), mover, actor: { id: mover.id, roles: [] } });
const on = (text: string, more: { at?: number; suggestion?: string | null } = {}) => {
  const start = more.at ?? said.indexOf(text);
  const phrase = { start, end: start + text.length, text };
  const { id: draftId, contentVersion: version } = draft;
  const { suggestion = null } = more;
  return {
    ...{ is: 'add' as const, commandId: clock.newId(), draftId, version, phrase },
    text: '请核对',
    suggestion,
  };
};
const close = (is: 'resolve' | 'reopen', commentId: string) => ({
  ...{ is, commandId: clock.newId(), draftId: draft.id, commentId },
});
async function write(text: string) {
  const command = {
    draftId: draft.id,
    revision: draft.revision,
    content: buildContent({}, text),
    keep: false,
  };
  draft = await ports().stores.drafts.save(command, writer, clock.now());
}
const shown = async () =>
  (await listDraftComments(draft.id, draft.contentVersion, ports())).map((comment) => comment.shown);

describe('comments on words', () => {
  it('are taken where the words stand, once, and refused where they do not', async () => {
    const command = on('读者', { suggestion: '师生读者' });
    const once = await changeDraftComment(draft, command, as(reviewer));
    expect(once).toMatchObject({ by: reviewer.id, suggestion: '师生读者' });
    await write('另起炉灶。');
    expect(await changeDraftComment(draft, command, as(reviewer))).toEqual(once);
    await expect(changeDraftComment(draft, on('读者'), as(reviewer))).rejects.toThrow(InvalidInput);
    await expect(changeDraftComment(draft, { ...on('另起'), version: 9 }, as(reviewer))).rejects.toThrow(
      '没有这个版本',
    );
    const onAll = { ...on('另起'), phrase: null, suggestion: '改' };
    await expect(changeDraftComment(draft, onAll, as(reviewer))).rejects.toThrow('修改建议');
  });

  it('follow their words through what is written over, and are outdated where they are gone', async () => {
    await changeDraftComment(draft, on('图书馆', { at: said.lastIndexOf('图书馆') }), as(reviewer));
    await changeDraftComment(draft, on('时间'), as(reviewer));
    await changeDraftComment(draft, { ...on('读者'), phrase: null }, as(reviewer));
    await write(`各位同学：${said.replace('时间', '时段')}`);
    const text = `各位同学：${said.replace('时间', '时段')}`;
    const start = text.lastIndexOf('图书馆');
    expect(await shown()).toEqual([
      { phrase: { start, end: start + 3, text: '图书馆' }, isOutdated: false },
      { phrase: null, isOutdated: true },
      { phrase: null, isOutdated: false },
    ]);
  });

  it('are closed by who wrote them and by the writers, and by nobody else', async () => {
    const { id } = await changeDraftComment(draft, on('读者'), as(reviewer));
    await expect(changeDraftComment(draft, close('resolve', id), as(head))).rejects.toThrow(NotPermitted);
    expect((await changeDraftComment(draft, close('resolve', id), as(writer))).resolved?.by).toBe(writer.id);
    expect((await changeDraftComment(draft, close('reopen', id), as(reviewer))).resolved).toBe(null);
  });

  it('end with the draft’s work', async () => {
    const archived: Draft = { ...draft, state: 'archived' };
    await expect(changeDraftComment(archived, on('读者'), as(reviewer))).rejects.toThrow('已归档');
  });
});
