import { describe, expect, it } from 'vitest';
import type { DraftDetail } from '../../../review-api/contract/draft.ts';
import { beginDraftMove, draftMoveBody, findMissingIn, stepsFor } from './draft-move.ts';
import { type DraftMove, draftMoveWords, orderMoves } from './draft-words.ts';

/** What of a draft a move's form asks for. */
const draft = {
  channels: [
    { id: 'site', name: '学校主页' },
    { id: 'wechat', name: '公众号' },
  ],
  publications: [{ channel: { id: 'site', name: '学校主页' }, url: 'https://www.example.edu.cn/1.htm' }],
  openings: [
    { kind: 'step', step: 'second', role: 'unit-head', unit: null },
    { kind: 'confirmation', step: 'first', role: null, unit: null },
  ],
  openSteps: ['second'],
  takeDown: { dueAt: '2026-11-20T00:00:00.000Z', left: [{ id: 'wechat', name: '公众号' }] },
  asked: { keys: ['personal-data:mobile'], reason: '', byName: null, at: '' },
} as unknown as DraftDetail;
const begin = (move: DraftMove, more: object = {}) => ({
  ...beginDraftMove(move, draft, '2026-11-23'),
  ...more,
});

describe('a move on a draft', () => {
  it('begins with what is next: the step that waits, the channel that is left, what was asked for', () => {
    expect(begin('pass')).toMatchObject({ step: 'second', errors: '0' });
    expect(begin('confirm-offline')).toMatchObject({ step: 'first' });
    expect(begin('mark-published')).toMatchObject({ channelId: 'wechat', url: '' });
    expect(begin('mark-taken-down')).toMatchObject({ channelId: 'wechat' });
    expect(begin('allow')).toMatchObject({ keys: ['personal-data:mobile'] });
    expect(stepsFor('record-offline', draft)).toEqual(['second']);
  });

  it.each<[DraftMove, object, string]>([
    ['pass', { errors: '两处' }, 'errorsFound'],
    ['return', { text: '  ' }, 'text'],
    ['submit', { urgent: true }, 'urgentReason'],
    ['mark-published', { url: 'www.example.edu.cn' }, 'url'],
    ['mark-published', { channelId: '' }, 'channelId'],
    ['record-offline', {}, 'leaderId'],
    ['record-offline', { leaderId: 'a', signedOn: '' }, 'signedOn'],
    ['record-offline', { leaderId: 'a' }, 'scan'],
    ['ask-allowance', { keys: [], text: '需要' }, 'keys'],
  ])('%s with %j is told at its field before anything is sent', (move, more, field) => {
    expect(findMissingIn(begin(move, more))?.field).toBe(field);
  });

  it('sends what it asks for, and nothing of another move', () => {
    const typed = { text: ' 同意 ', errors: '2', readAloud: true, urgentReason: 'x', url: 'https://a.cn' };
    expect(draftMoveBody(begin('pass', typed))).toEqual({
      ...{ move: 'pass', text: '同意', step: 'second', errorsFound: 2, readAloud: true, urgentReason: null },
      ...{ channelId: null, url: null, keys: [], scan: null, leaderId: null, signedOn: null },
    });
    expect(draftMoveBody(begin('submit', { ...typed, urgent: true }))).toMatchObject({
      ...{ urgentReason: 'x', step: null, errorsFound: null },
    });
  });
});

it('what is usual stands first, what ends something last', () => {
  const all = Object.keys(draftMoveWords) as DraftMove[];
  const ordered = orderMoves(['reject', 'return', 'record-offline', 'pass']);
  expect(ordered[0]).toBe('pass');
  expect(ordered.at(-1)).toMatch(/reject|return/);
  expect(orderMoves(all).map((move) => draftMoveWords[move].grave ?? false)).toEqual(
    [...all].map((move) => draftMoveWords[move].grave ?? false).sort((a, b) => Number(a) - Number(b)),
  );
});

it('records what a proofreader ticked behind the opinion, and of a pass alone', () => {
  const ticks = ['dates', 'names'] as const;
  const passed = { text: '同意。', ticks: [...ticks] };
  expect(draftMoveBody(begin('pass', passed)).text).toBe('同意。\n已核对：姓名、职务和排序；时间、地点。');
  expect(draftMoveBody(begin('pass', { ticks: ['images'] })).text).toBe('已核对：图片和图注。');
  expect(draftMoveBody(begin('pass')).text).toBeNull();
  expect(draftMoveBody(begin('return', passed)).text).toBe('同意。');
});
