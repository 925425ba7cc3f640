import { expect, it } from 'vitest';
import { openConsents } from './docket-consent.ts';
import type { Official } from './official.ts';
import type { Removal } from './removal.ts';
import type { Role } from './role.ts';

const at = '2026-11-20T02:00:00.000Z';
const official = (id: string, role: Role): Official => ({
  id,
  appointments: [{ role, unitId: null, onBehalfOf: null }],
});
const proposed: Removal = {
  ...{ kind: 'removal', state: 'proposed', platform: 'weibo', postId: null, ground: 'threat' },
  ...{ basis: { law: 'criminal', article: 293 }, screenshotSha256: 'a'.repeat(64), proposedBy: 'director' },
  ...{ approval: null, done: null, appeal: null },
};
const director = official('director', 'director');
const leader = official('leader', 'leader');
const principal = official('principal', 'principal');

it('a removal is offered for approval to the second person alone', () => {
  expect(openConsents(proposed, director, at)).toEqual(['refuse']);
  expect(openConsents(proposed, leader, at)).toEqual(['approve', 'refuse']);
  expect(openConsents(proposed, official('someone', 'reviewer'), at)).toEqual([]);
});

it('an appeal is offered to nobody who had a part in the removal', () => {
  const appealed: Removal = {
    ...proposed,
    ...{ state: 'appealed', approval: { actorId: 'leader', onBehalfOf: null, at } },
    appeal: { receivedAt: at, outcome: null, settledBy: null, settledAt: null },
  };
  const offered = [director, leader, principal].map((one) => openConsents(appealed, one, at));
  expect(offered).toEqual([[], [], ['settle']]);
});
