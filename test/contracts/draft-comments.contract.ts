import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Actor } from '../../pipeline/domain/case.ts';
import type { CommentCommand } from '../../pipeline/domain/draft-comment.ts';
import { Conflict, NotFound } from '../../pipeline/domain/errors.ts';
import type { DraftComments } from '../../pipeline/ports/draft-comments.ts';
import type { DraftStore } from '../../pipeline/ports/draft-store.ts';
import { buildContent, draftPeople } from '../builders/draft.ts';
import type { FakeClock } from '../harness/fake-clock.ts';

interface Opened {
  comments: DraftComments;
  drafts: Pick<DraftStore, 'create'>;
  clock: FakeClock;
  /** What the audit log says about the comment. */
  listAudit(subject: string): Promise<{ action: string; raw: string }[]>;
  close(): Promise<void>;
}

export function draftCommentsContract(open: () => Promise<Opened>): void {
  let opened: Opened;
  let draftId: string;
  beforeEach(async () => {
    opened = await open();
    const command = { commandId: opened.clock.newId(), unitId: 'library', content: buildContent() };
    draftId = (await opened.drafts.create(command, draftPeople.writer, opened.clock.now())).id;
  });
  afterEach(() => opened.close());

  const reviewer: Actor = { id: 'reviewer-1', roles: ['reviewer'] };
  const writer: Actor = { id: 'writer-1', roles: ['editor'] };
  const phrase = { start: 3, end: 7, text: '𠮷野家😀' };
  const added = (): CommentCommand & { is: 'add' } => ({
    ...{ is: 'add', commandId: opened.clock.newId(), draftId, version: 1, phrase },
    around: { before: '前面的', after: '后面的' },
    ...{ text: '“在读”请改为“在校” 😀', suggestion: '在校' },
  });
  const say = (command: CommentCommand, actor = reviewer) =>
    opened.comments.change(command, actor, opened.clock.now());
  const to = <K extends 'resolve' | 'reopen'>(is: K, commentId: string) => ({
    ...{ is, commandId: opened.clock.newId(), draftId, commentId },
  });
  const reply = (commentId: string, text: string): CommentCommand => ({
    ...{ is: 'reply', commandId: opened.clock.newId(), draftId, commentId, text },
  });

  it('keeps what was said, what was answered, and that it is done with', async () => {
    const comment = await say(added());
    expect(comment).toMatchObject({ revision: 1, phrase, by: 'reviewer-1', replies: [], resolved: null });
    opened.clock.advance(1000);
    await say(reply(comment.id, '已改。'), writer);
    const done = await say(to('resolve', comment.id));
    expect(done).toMatchObject({
      revision: 3,
      replies: [{ by: 'writer-1', text: '已改。' }],
      resolved: { by: 'reviewer-1' },
    });
    expect(await opened.comments.find(draftId, comment.id)).toEqual(done);
    expect((await say(to('reopen', comment.id))).resolved).toBe(null);
    expect((await opened.listAudit(comment.id)).map(({ action }) => action)).toEqual([
      'draft.commented',
      'draft.comment-answered',
      'draft.comment-resolved',
      'draft.comment-reopened',
    ]);
  });

  it('does a repeated command once, and refuses another under its id', async () => {
    const command = added();
    const once = await say(command);
    expect(await say(command)).toEqual(once);
    const answer = reply(once.id, '好');
    await say(answer);
    expect((await say(answer)).replies).toHaveLength(1);
    await expect(say({ ...command, text: '别的' })).rejects.toThrow(Conflict);
    await expect(say(command, writer)).rejects.toThrow(Conflict);
    expect(await opened.listAudit(once.id)).toHaveLength(2);
  });

  it('keeps both of two answers that come at once, or says that one was too slow', async () => {
    const { id } = await say(added());
    const both = await Promise.allSettled([say(reply(id, '甲')), say(reply(id, '乙'), writer)]);
    const kept = both.filter(({ status }) => status === 'fulfilled').length;
    expect((await opened.comments.find(draftId, id))?.replies).toHaveLength(kept);
    for (const one of both) if (one.status === 'rejected') expect(one.reason).toBeInstanceOf(Conflict);
  });

  it('lists those of one draft in the order of writing, and knows no others', async () => {
    const first = await say(added());
    opened.clock.advance(1000);
    const second = await say({ ...added(), phrase: null, suggestion: null });
    expect((await opened.comments.list(draftId)).map(({ id }) => id)).toEqual([first.id, second.id]);
    expect(await opened.comments.list('another')).toEqual([]);
    expect(await opened.comments.find('another', first.id)).toBe(null);
    await expect(say({ ...added(), draftId: 'another' })).rejects.toThrow(NotFound);
    await expect(say(to('resolve', opened.clock.newId()))).rejects.toThrow(NotFound);
    await expect(say({ ...to('resolve', first.id), draftId: 'another' })).rejects.toThrow(NotFound);
  });

  it('writes no word of it into the audit log', async () => {
    const { id } = await say(added());
    await say(reply(id, '不得外传的话'));
    const [logged] = [JSON.stringify(await opened.listAudit(id))];
    for (const words of ['在读', '在校', '野家', '不得外传']) expect(logged).not.toContain(words);
  });
}
