import { describe, expect, it } from 'vitest';
import type { BriefLineView } from '../../../review-api/contract/briefs.ts';
import type { InstructionView } from '../../../review-api/contract/instruction.ts';
import { dueAtOfPhrase, stockPhrases } from './instruction-phrases.ts';
import { buildLeaderDay, pickBrief } from './leader-day.ts';

const about = (caseId: string): InstructionView['about'] => ({
  subject: { kind: 'case', caseId },
  ...{ channelName: null, service: null, topic: null, categories: [], openedAt: null, gist: null },
});

const order = (id: string, more: Partial<InstructionView>): InstructionView => ({
  ...{ id, version: 1, about: about(id), state: 'assigned', leader: { id: 'l', name: '秦砚' }, unit: null },
  ...{ dueAt: null, isOverdue: false, createdAt: '2026-11-01T00:00:00.000Z' },
  ...{ changedAt: '2026-11-01T00:00:00.000Z', moves: ['withdraw'] },
  ...more,
});

describe('the day of a leader', () => {
  it('puts what is overdue first, then by term, what has no term last', () => {
    const { ordered } = buildLeaderDay(
      [
        order('no-term', {}),
        order('later', { dueAt: '2026-11-30T10:00:00.000Z' }),
        order('soon', { dueAt: '2026-11-25T10:00:00.000Z' }),
        order('overdue', { dueAt: '2026-11-20T10:00:00.000Z', isOverdue: true }),
      ],
      [],
    );
    expect(ordered.map(({ id }) => id)).toEqual(['overdue', 'soon', 'later', 'no-term']);
  });

  it('shows each matter in one place: what waits for an answer, what was ordered, or a card', () => {
    const card = (id: string) => ({ about: about(id), nextStep: '', updatedAt: '2026-11-01T00:00:00.000Z' });
    const day = buildLeaderDay(
      [
        order('submitted', { state: 'submitted', moves: ['give', 'note'] }),
        order('reported', { state: 'reported', moves: ['close', 'redo'] }),
        order('somebody-elses', { state: 'submitted', moves: [] }),
      ],
      [card('submitted'), card('fresh')],
    );
    expect(day.waiting.map(({ id }) => id)).toEqual(['submitted', 'reported']);
    expect(day.ordered.map(({ id }) => id)).toEqual(['somebody-elses']);
    expect(day.cards.map((one) => one.about.subject)).toEqual([{ kind: 'case', caseId: 'fresh' }]);
  });
});

describe('the brief to begin with', () => {
  const brief = (id: string, kind: BriefLineView['kind'], toDay: string) =>
    ({ id, kind, period: { toDay, until: `${toDay}T00:00:00.000Z` } }) as BriefLineView;
  const now = '2026-11-24T00:30:00.000Z';

  it('is the morning brief of the day, before a daily one that reaches further', () => {
    const issued = [brief('daily', 'daily', '2026-11-25'), brief('morning', 'morning', '2026-11-24')];
    expect(pickBrief(issued, now)?.id).toBe('morning');
  });

  it('is the last one of a day where today has none, and a weekly one only where there is nothing else', () => {
    const weekly = brief('weekly', 'weekly', '2026-11-23');
    expect(pickBrief([weekly, brief('old', 'morning', '2026-11-20')], now)?.id).toBe('old');
    expect(pickBrief([weekly], now)?.id).toBe('weekly');
    expect(pickBrief([], now)).toBeNull();
  });
});

it('a stock phrase is due at the end of office hours in Shanghai, also late in the evening there', () => {
  const [tomorrow, , noTerm] = stockPhrases;
  // 23:30 of the 24th in Shanghai.
  expect(dueAtOfPhrase(tomorrow as NonNullable<typeof tomorrow>, '2026-11-24T15:30:00.000Z')).toBe(
    '2026-11-25T10:00:00.000Z',
  );
  expect(dueAtOfPhrase(noTerm as NonNullable<typeof noTerm>, '2026-11-24T15:30:00.000Z')).toBeNull();
});
