import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type EffectScope, effectScope } from 'vue';
import type { DraftContent } from '../../../review-api/contract/draft-text.ts';
import { ApiError, Unreachable } from '../api/api-error.ts';
import type { DraftSave, OpenDraft, SavedDraft } from '../lib/draft-api.ts';
import { keptDraftTexts, useDraftSaving } from './use-draft-saving.ts';

/** Only the title changes here. */
const contentOf = (title: string) => ({ title }) as DraftContent;

/** A server that keeps one draft, and can be cut off before or after it has saved. */
function openServer() {
  const state = { title: '', revision: 1, answered: new Map<string, SavedDraft>() };
  let next: 'ok' | 'lost' | 'answer-lost' | ApiError = 'ok';
  const saves: DraftSave[] = [];
  const save = async (sent: DraftSave): Promise<SavedDraft> => {
    saves.push(sent);
    const how = next;
    next = 'ok';
    if (how === 'lost') throw new Unreachable();
    if (how instanceof ApiError) throw how;
    const known = state.answered.get(JSON.stringify(sent));
    if (known !== undefined) return known;
    if (sent.revision !== state.revision) throw new ApiError(409, { detail: '已有更新' });
    state.revision += 1;
    state.title = sent.content.title;
    const answer = { revision: state.revision, contentVersion: 1, savedAt: '2026-05-01T00:00:00.000Z' };
    state.answered.set(JSON.stringify(sent), answer);
    if (how === 'answer-lost') throw new Unreachable();
    return answer;
  };
  let failingOpens = 0;
  const open = async () => {
    failingOpens -= 1;
    if (failingOpens >= 0) throw new Unreachable();
    return stands();
  };
  const failOpening = (times: number) => {
    failingOpens = times;
  };
  const stands = () => ({ revision: state.revision, content: contentOf(state.title) }) as OpenDraft;
  const fail = (how: typeof next) => {
    next = how;
  };
  return { state, saves, save, open, fail, failOpening };
}

describe('saving a draft by itself', () => {
  let scope: EffectScope;
  beforeEach(() => {
    vi.useFakeTimers();
    scope = effectScope();
  });
  afterEach(() => {
    scope.stop();
    keptDraftTexts.delete('d');
    vi.useRealTimers();
  });

  function write() {
    const server = openServer();
    let title = '';
    const saving = scope.run(() =>
      useDraftSaving({
        ...{ id: 'd', revision: 1, contentVersion: 1, savedAt: '2026-05-01T00:00:00.000Z' },
        ...{ read: () => contentOf(title), save: server.save, open: server.open },
      }),
    );
    if (saving === undefined) throw new Error('no scope');
    const type = (text: string) => {
      title = text;
      saving.changed();
    };
    return { server, saving, type };
  }

  it('saves two seconds after the last change, once', async () => {
    const { server, saving, type } = write();
    type('招');
    await vi.advanceTimersByTimeAsync(1_500);
    type('招生');
    await vi.advanceTimersByTimeAsync(1_900);
    expect(server.saves).toHaveLength(0);
    expect(saving.status.value).toBe('changed');
    await vi.advanceTimersByTimeAsync(200);
    expect(server.saves).toHaveLength(1);
    expect([server.state.title, saving.status.value, saving.revision.value]).toEqual(['招生', 'saved', 2]);
    expect(keptDraftTexts.get('d')).toBeNull();
  });

  it('does not wait longer than fifteen seconds for somebody who never pauses', async () => {
    const { server, type } = write();
    for (let second = 0; second < 16; second += 1) {
      type(`${second}`);
      await vi.advanceTimersByTimeAsync(1_000);
    }
    expect(server.saves.length).toBe(1);
    expect(server.state.title).toBe('14');
  });

  it('saves what was typed during a request with the next one', async () => {
    const { server, saving, type } = write();
    type('一');
    const flushed = saving.flush();
    type('二');
    await flushed;
    await vi.advanceTimersByTimeAsync(2_100);
    expect(server.state.title).toBe('二');
    expect(saving.status.value).toBe('saved');
    expect(server.saves.map((one) => one.revision)).toEqual([1, 2]);
  });

  it('keeps trying without a connection, and says so', async () => {
    const { server, saving, type } = write();
    server.fail('lost');
    type('断网');
    await vi.advanceTimersByTimeAsync(2_100);
    expect(saving.status.value).toBe('offline');
    expect(keptDraftTexts.get('d')?.content.title).toBe('断网');
    await vi.advanceTimersByTimeAsync(2_100);
    expect([server.state.title, saving.status.value]).toEqual(['断网', 'saved']);
  });

  it('is no conflict with itself when the answer was lost', async () => {
    const { server, saving, type } = write();
    server.fail('answer-lost');
    type('存了但没有回音');
    await vi.advanceTimersByTimeAsync(2_100);
    type('接着写');
    await vi.advanceTimersByTimeAsync(10_000);
    expect([server.state.title, saving.status.value]).toEqual(['接着写', 'saved']);
    expect(server.state.revision).toBe(3);
  });

  it('stops at somebody else’s save, keeps mine, and lets me take theirs or write mine over it', async () => {
    const { server, saving, type } = write();
    server.state.revision = 5;
    server.state.title = '别人的';
    type('我的');
    await vi.advanceTimersByTimeAsync(2_100);
    expect(saving.status.value).toBe('conflict');
    expect(saving.theirs.value?.content.title).toBe('别人的');
    type('我的，接着写');
    await vi.advanceTimersByTimeAsync(20_000);
    expect(server.state.title).toBe('别人的');
    expect(keptDraftTexts.get('d')?.content.title).toBe('我的，接着写');
    await saving.overwrite();
    expect([server.state.title, saving.status.value]).toEqual(['我的，接着写', 'saved']);
  });

  it('tells of a conflict also where it cannot be told whose it is, until it can', async () => {
    const { server, saving, type } = write();
    server.state.revision = 5;
    server.failOpening(1);
    type('我的');
    await vi.advanceTimersByTimeAsync(2_100);
    expect([saving.status.value, saving.theirs.value]).toEqual(['conflict', null]);
    await saving.lookAgain();
    expect(saving.theirs.value?.revision).toBe(5);
  });

  it('is no conflict when what stands there is what was to be saved', async () => {
    const { server, saving, type } = write();
    server.state.revision = 2;
    server.state.title = '离开前存的';
    type('离开前存的');
    await vi.advanceTimersByTimeAsync(2_100);
    expect([saving.status.value, saving.revision.value]).toEqual(['saved', 2]);
  });

  it('keeps everything for the same person when the session has ended', async () => {
    const { server, saving, type } = write();
    server.fail(new ApiError(401, {}));
    type('写到一半');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(saving.status.value).toBe('signed-out');
    expect(server.saves).toHaveLength(1);
    expect(keptDraftTexts.get('d')).toEqual({ content: contentOf('写到一半'), revision: 1 });
  });

  it('says what was refused at once, and tries again only when something was changed', async () => {
    const { server, saving, type } = write();
    server.fail(new ApiError(400, { detail: '正文里有涉密标志', field: 'document' }));
    type('机密');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(server.saves).toHaveLength(1);
    expect(saving.refusal.value).toEqual({ field: 'document', message: '正文里有涉密标志' });
    expect(keptDraftTexts.get('d')?.content.title).toBe('机密');
    type('改好了');
    await vi.advanceTimersByTimeAsync(2_100);
    expect([server.state.title, saving.status.value, saving.refusal.value]).toEqual([
      '改好了',
      'saved',
      null,
    ]);
  });
});
