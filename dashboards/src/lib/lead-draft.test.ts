import { describe, expect, it } from 'vitest';
import { describeDeadline } from './deadline.ts';
import { emptyDraft, fromLocalField, readDraft, toLocalField } from './lead-draft.ts';

const now = '2026-11-20T01:00:00.000Z';

describe('the form of a lead', () => {
  it('reads and writes times on a Shanghai clock, whatever the browser’s', () => {
    expect(toLocalField(now)).toBe('2026-11-20T09:00');
    expect(fromLocalField('2026-11-20T09:00')).toBe(now);
    for (const wrong of ['', '2026-11-20', '2026-13-40T09:00']) expect(fromLocalField(wrong)).toBeNull();
  });

  const filled = { ...emptyDraft(now), source: 'other' as const, summary: '来电反映食堂涨价一事' };
  it.each([
    ['source', { source: '' as const }],
    ['receivedAt', { receivedAt: '' }],
    ['deadline', { deadline: '2026-11' }],
    ['summary', { summary: ' 涨价 ' }],
  ])('says that %s is missing before anything is sent', (field, more) => {
    expect(readDraft({ ...filled, ...more })).toMatchObject({ field });
  });

  it('says by how much a summary is too long', () => {
    expect(readDraft({ ...filled, summary: '热'.repeat(2400) })).toEqual({
      field: 'summary',
      failure: '摘要最多 2000 个字，多了 400 个字。',
    });
    expect(readDraft({ ...filled, summary: '热'.repeat(2000) })).toHaveProperty('body');
  });

  it('sends nothing for what was left empty', () => {
    expect(readDraft({ ...filled, link: ' ', documentNumber: ' 18号 ' })).toEqual({
      body: {
        ...{ source: 'other', receivedAt: now, deadline: null, link: null },
        ...{ documentNumber: '18号', summary: '来电反映食堂涨价一事' },
      },
    });
  });
});

describe('describeDeadline', () => {
  it.each([
    ['2026-11-20T00:30:00.000Z', '已逾期 30 分钟', 'late'],
    ['2026-11-17T00:00:00.000Z', '已逾期 3 天', 'late'],
    ['2026-11-20T20:00:00.000Z', '期限还剩 19 小时', 'near'],
    ['2026-11-22T20:00:00.000Z', '期限还剩 2 天', 'near'],
    ['2026-12-20T01:00:00.000Z', '期限还剩 30 天', 'far'],
  ])('%s', (deadline, text, tone) => {
    expect(describeDeadline(deadline, now)).toMatchObject({ text, tone });
  });
});
