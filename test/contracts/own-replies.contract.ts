import { describe, expect, it } from 'vitest';
import { Conflict } from '../../pipeline/domain/errors.ts';
import type { GatheredPost } from '../../pipeline/domain/post.ts';
import { buildDecisionCommand, director, reviewer } from '../builders/case.ts';
import { buildGathered, buildQueuedVerdict } from '../builders/post.ts';
import { everything, type PostStoreFixture, usePosts } from './post-scene.ts';

/** What the store makes of replies by the school's own account, and of what a person does then. */
export function ownRepliesContract(open: () => Promise<PostStoreFixture>): void {
  const { fixture, posts, now, store } = usePosts(open);
  const comment = (more: Partial<GatheredPost> = {}) =>
    buildGathered({
      externalId: 'c1',
      channelId: 'weibo',
      kind: 'comment',
      title: '',
      text: '暖气不热',
      ...more,
    });
  const reply = (more: Partial<GatheredPost> = {}) =>
    comment({
      externalId: 'r1',
      parentId: 'c1',
      rootId: 's1',
      official: true,
      text: '已报修，今晚恢复',
      ...more,
    });

  const fileComment = async (): Promise<string> => {
    await store(comment());
    const caseId = fixture().clock.newId();
    const judgement = {
      postId: 'weibo:comment:c1',
      textVersion: 1,
      verdict: buildQueuedVerdict(),
      tokens: [],
    };
    await posts().storeJudgements([{ ...judgement, caseId }], now());
    return caseId;
  };
  const decide = (caseId: string, kind: 'answer' | 'no-action', version = 1) => {
    const command = buildDecisionCommand({
      ...{ commandId: fixture().clock.newId(), caseId, version, kind },
      reason: kind === 'answer' ? 'service-need' : 'opinion-only',
    });
    return fixture().cases.recordDecision(command, reviewer, now());
  };
  const kindsOf = async (caseId: string) =>
    (await fixture().cases.listEvents(caseId, everything)).map(({ kind }) => kind);
  const find = (caseId: string) => fixture().cases.findCase(caseId, everything);
  const close = (caseId: string, version: number) => {
    const command = { commandId: fixture().clock.newId(), caseId, version, note: null };
    return fixture().cases.recordClose(command, reviewer, now());
  };

  it('a post says whether our own account speaks, to the judge as well', async () => {
    await store(comment(), reply());
    expect(await posts().findPost('weibo:comment:c1')).toMatchObject({ official: false });
    expect(await posts().findPost('weibo:comment:r1')).toMatchObject({ official: true });
    const due = await posts().loadDue(['weibo:comment:c1', 'weibo:comment:r1'], now());
    expect(due.map(({ official }) => official)).toEqual([false, true]);
  });

  it.each(['comment', 'status'] as const)(
    'a %s that is edited is a new version, one that is gone is marked',
    async (kind) => {
      const id = `weibo:${kind}:c1`;
      await store(comment({ kind }));
      expect(await store(comment({ kind, text: '暖气不热，已报修' }))).toEqual(['edited']);
      expect(await posts().findPost(id)).toMatchObject({ textVersion: 2, marks: ['source-edited'] });
      expect((await posts().findText(id, { ...everything, textVersion: 1 }))?.text).toBe('暖气不热');
      await posts().markDeleted(id, now());
      expect((await posts().findPost(id))?.marks).toEqual(['source-edited', 'source-deleted']);
      expect((await posts().findText(id, everything))?.text).toBe('暖气不热，已报修');
    },
  );

  it('a reply to what was decided to be answered is an event, once', async () => {
    const caseId = await fileComment();
    await decide(caseId, 'answer');
    await store(reply());
    expect(await find(caseId)).toMatchObject({ state: 'decided', replySeenAt: now(), version: 3 });
    const event = (await fixture().cases.listEvents(caseId, everything)).at(-1);
    expect(event).toMatchObject({ kind: 'reply-seen', actorId: null, postId: 'weibo:comment:r1' });
    await store(reply(), reply({ externalId: 'r2' }));
    expect(await kindsOf(caseId)).toEqual(['opened', 'decided', 'reply-seen']);
  });

  it('a reply that was there before the decision is told with it', async () => {
    const caseId = await fileComment();
    await store(reply());
    expect(await find(caseId)).toMatchObject({ state: 'open', version: 1, replySeenAt: now() });
    const recorded = await decide(caseId, 'answer');
    expect(recorded.event).toMatchObject({ kind: 'decided', caseVersion: 2 });
    expect(recorded.case).toEqual(await find(caseId));
    expect(await kindsOf(caseId)).toEqual(['opened', 'decided', 'reply-seen']);
  });

  it('a reply stored with its comment, before there was a case, is told with the decision', async () => {
    await store(comment(), reply());
    const caseId = await fileComment();
    expect(await find(caseId)).toMatchObject({ state: 'open', version: 1, replySeenAt: now() });
    await decide(caseId, 'answer');
    expect(await kindsOf(caseId)).toEqual(['opened', 'decided', 'reply-seen']);
  });

  it('says nothing where no answer was decided, where a person replied, or under another item', async () => {
    const caseId = await fileComment();
    await decide(caseId, 'no-action');
    await store(reply());
    expect(await kindsOf(caseId)).toEqual(['opened', 'decided']);
    await store(comment({ externalId: 'c2', parentId: 'c1' }), reply({ externalId: 'r9', parentId: 's1' }));
    expect(await kindsOf(caseId)).toEqual(['opened', 'decided']);
  });

  it('of another channel answers nothing here', async () => {
    const caseId = await fileComment();
    await decide(caseId, 'answer');
    await store(reply({ channelId: 'wechat' }));
    expect(await kindsOf(caseId)).toEqual(['opened', 'decided']);
  });

  it('one of a decision and a reply that meet sees the other', async () => {
    const caseId = await fileComment();
    await Promise.all([decide(caseId, 'answer'), store(reply())]);
    expect(await kindsOf(caseId)).toEqual(['opened', 'decided', 'reply-seen']);
  });

  describe('closing', () => {
    it('is done by a person, once, with the version that was seen', async () => {
      const caseId = await fileComment();
      const decided = await decide(caseId, 'answer');
      await store(reply());
      // The reply says nothing that could change the mind of who saw the version before.
      const command = { commandId: fixture().clock.newId(), caseId, version: 2, note: '已公开答复' };
      const closed = await fixture().cases.recordClose(command, reviewer, now());
      expect(closed).toMatchObject({ repeated: false, case: { state: 'closed', version: 4 } });
      expect(await fixture().cases.recordClose(command, reviewer, now())).toEqual({
        ...closed,
        repeated: true,
      });
      expect(await kindsOf(caseId)).toEqual(['opened', 'decided', 'reply-seen', 'closed']);
      const undo = {
        commandId: fixture().clock.newId(),
        caseId,
        version: 4,
        decisionId: decided.event.id,
        note: null,
      };
      await fixture().cases.recordUndo(undo, director, now());
      expect(await find(caseId)).toMatchObject({ state: 'reopened', decisionId: null });
    });

    it('is refused for what nobody decided to answer, and twice', async () => {
      const caseId = await fileComment();
      await expect(close(caseId, 1)).rejects.toThrow(Conflict);
      await decide(caseId, 'answer');
      await close(caseId, 2);
      await expect(close(caseId, 3)).rejects.toThrow(Conflict);
      const other = await find(caseId);
      expect(other).toMatchObject({ state: 'closed', version: 3 });
    });

    it('is told anew after the decision was taken back and made again', async () => {
      const caseId = await fileComment();
      const { event } = await decide(caseId, 'answer');
      await store(reply());
      const undo = {
        commandId: fixture().clock.newId(),
        caseId,
        version: 3,
        decisionId: event.id,
        note: null,
      };
      await fixture().cases.recordUndo(undo, reviewer, now());
      await decide(caseId, 'answer', 4);
      expect(await kindsOf(caseId)).toEqual([
        ...['opened', 'decided', 'reply-seen', 'undone', 'decided', 'reply-seen'],
      ]);
    });
  });
}
