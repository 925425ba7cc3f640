import { describe, expect, it } from 'vitest';
import { Governance } from './channel.ts';
import { commentsGate, governanceReminders, whyCommentsOff } from './comments-gate.ts';

const complete = Governance.parse({
  school: '沧澜师范学院',
  controller: '沧澜师范学院',
  independentReviewer: '纪检监察室',
  noticeUrl: 'https://www.canglan.example/notice.htm',
  impactAssessment: { signedOn: '2026-01-10', expiresOn: '2026-12-31' },
});

describe('the gate for comments', () => {
  it.each(['2026-01-10', '2026-12-31'])('is open on %s, the days of the assessment included', (today) => {
    expect(commentsGate(complete, today)).toEqual({ open: true, endsOn: '2026-12-31' });
    expect(whyCommentsOff(complete, today)).toBeNull();
  });

  it.each([
    [null, '2026-05-01', ['assessment', 'controller', 'reviewer', 'notice']],
    [complete, '2026-01-09', ['assessment-signed']],
    [complete, '2027-01-01', ['assessment-unexpired']],
    [{ ...complete, impactAssessment: null }, '2026-05-01', ['assessment']],
    [{ ...complete, controller: null }, '2026-05-01', ['controller']],
    [{ ...complete, independentReviewer: null }, '2026-05-01', ['reviewer']],
    [{ ...complete, independentReviewer: ' 沧澜师范学院' }, '2026-05-01', ['reviewer-independent']],
    [{ ...complete, noticeUrl: null }, '2026-05-01', ['notice']],
  ] as const)('is closed, and names what is missing (%#)', (governance, today, missing) => {
    expect(commentsGate(governance, today)).toEqual({ open: false, missing });
    const [reminder, ...others] = governanceReminders(governance, today);
    expect(reminder).toMatchObject({ code: 'comments-off', daysLeft: null });
    expect(reminder?.words).toMatch(/^评论已停止采集：缺少\p{Script=Han}/u);
    expect(others).toEqual([]);
  });

  it('tells of the end 60, 30 and 7 days before', () => {
    const codeOn = (today: string) => governanceReminders(complete, today).map(({ code }) => code);
    expect(codeOn('2026-11-01')).toEqual(['assessment-ends-60']);
    expect(codeOn('2026-10-31')).toEqual([]);
    expect(codeOn('2026-12-02')).toEqual(['assessment-ends-30']);
    expect(codeOn('2026-12-01')).toEqual(['assessment-ends-30']);
    expect(codeOn('2026-11-30')).toEqual(['assessment-ends-60']);
    expect(codeOn('2026-12-24')).toEqual(['assessment-ends-7']);
    expect(codeOn('2026-12-23')).toEqual(['assessment-ends-30']);
    expect(codeOn('2027-01-01')).toEqual(['comments-off']);
    expect(governanceReminders(complete, '2026-12-31')[0]?.words).toContain('今天是最后一天');
    expect(governanceReminders(complete, '2026-12-30')[0]).toMatchObject({ daysLeft: 1 });
  });
});
