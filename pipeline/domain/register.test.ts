import { describe, expect, it } from 'vitest';
import { Channel, type ChannelState } from './channel.ts';
import { Conflict, InvalidInput, NotPermitted } from './errors.ts';
import { addMonths, channelMoves, moveChannel, nextStates, reviewDueOn } from './register.ts';

const today = '2026-11-23';
const by = (roles: readonly ('operator' | 'director' | 'reviewer')[]) => ({ roles, today });
const build = (more: object = {}) =>
  Channel.parse({
    id: 'video',
    kind: 'manual',
    platform: 'wechat-video',
    name: '视频号',
    unit: 'press',
    ...more,
  });
const states = Object.keys(channelMoves) as ChannelState[];

describe('the states of a channel', () => {
  it.each(states.flatMap((from) => states.map((to) => [from, to] as const)))(
    '%s → %s is a move or none',
    (from, to) => {
      const move = { to, on: null, reason: '合并账号' };
      const moved = () => moveChannel(build({ state: from }), move, by(['operator']));
      if (channelMoves[from][to] === undefined) expect(moved).toThrow(Conflict);
      else expect(moved().state).toBe(to);
    },
  );

  it('nothing comes back from 注销', () => {
    expect(nextStates('deregistered', ['operator', 'director'])).toEqual([]);
    expect(nextStates('live', ['operator'])).toEqual(['paused', 'deregistered']);
    expect(nextStates('live', ['reviewer'])).toEqual([]);
    const move = { to: 'paused', on: null, reason: null } as const;
    expect(() => moveChannel(build({ state: 'live' }), move, by(['reviewer']))).toThrow(NotPermitted);
  });

  it('启用 begins compulsory review once: a pause does not move that day', () => {
    const trial = build({ state: 'trial' });
    const live = moveChannel(trial, { to: 'live', on: null, reason: null }, by(['operator']));
    expect(live).toMatchObject({ state: 'live', reviewFrom: today });
    const again = { ...live, state: 'paused' as const };
    const later = { roles: ['operator'] as const, today: '2027-03-01' };
    expect(moveChannel(again, { to: 'live', on: null, reason: null }, later).reviewFrom).toBe(today);
    expect(trial.reviewFrom).toBeUndefined();
  });

  it('注销 needs a reason and a day that has come', () => {
    const move = (on: string | null, reason: string | null) => () =>
      moveChannel(build({ state: 'live' }), { to: 'deregistered', on, reason }, by(['director']));
    expect(move(null, ' ')).toThrow(InvalidInput);
    expect(move('2026-12-01', '合并')).toThrow(InvalidInput);
    expect(move('2026-11-01', '合并')()).toMatchObject({ shutDown: { on: '2026-11-01', reason: '合并' } });
  });
});

describe('the yearly review', () => {
  it('is due a year after the last one, or after the filing', () => {
    expect(reviewDueOn(build())).toBeNull();
    expect(reviewDueOn(build({ filing: { number: '沧备2025-018', filedOn: '2025-11-30' } }))).toBe(
      '2026-11-30',
    );
    expect(reviewDueOn(build({ reviewedOn: '2028-02-29' }))).toBe('2029-02-28');
    expect(addMonths('2026-08-31', -6)).toBe('2026-02-28');
  });
});
