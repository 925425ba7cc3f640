import { describe, expect, it } from 'vitest';
import { cardIdOf, describeSubject, dueAtOf } from './instruction-labels.ts';

const aCase = {
  ...{ subject: { kind: 'case', caseId: 'c-1' } as const, topic: null, gist: null },
  ...{ channelName: '学校官网', categories: [], openedAt: '2026-11-20T01:00:00.000Z' },
};

describe('what an instruction is about', () => {
  it('is told by service, else by category, with place and time', () => {
    const service = { kind: 'complaint', topic: 'canteen' } as const;
    expect(describeSubject({ ...aCase, service })).toBe('食堂投诉 · 学校官网 · 2026年11月20日 09:00');
    const emergency = { ...aCase, service: null, categories: ['emergency' as const] };
    expect(describeSubject(emergency)).toContain('险情 · 学校官网');
    expect(describeSubject({ ...aCase, service: null })).toContain('线索 · ');
  });

  it('of a topic by the topic', () => {
    const about = { ...aCase, subject: { kind: 'topic', topic: 'fees' } as const, service: null };
    expect(describeSubject(about)).toBe('专题：收费');
    expect(cardIdOf(about)).toBe('topic:fees');
    expect(cardIdOf(aCase)).toBe('case:c-1');
  });

  it('is due at the end of office hours', () => {
    expect(dueAtOf('2026-11-25')).toBe('2026-11-25T10:00:00.000Z');
    expect(dueAtOf('')).toBeNull();
  });
});
