import { describe, expect, it } from 'vitest';
import { persons } from '../../persons.ts';
import { plainText, readTokens } from '../../spoken-text.ts';
import { Timeline } from '../../timeline.ts';
import { sheetsOf } from '../files.ts';
import { stories } from './index.ts';
import { readTalk } from './talk.ts';

const openedAt = new Date('2026-11-22T12:00:00.000Z');
const timelineAt = (hours: number, opened = openedAt) =>
  new Timeline(stories, { openedAt: opened, now: () => new Date(opened.getTime() + hours * 3_600_000) });
const keysOf = (timeline: Timeline) => [
  ...timeline.listStatuses().map(({ key }) => key),
  ...timeline.listArticles().map(({ key }) => key),
];
const remarksOf = (timeline: Timeline) => keysOf(timeline).flatMap((key) => timeline.listRemarks(key));

describe('the stories', () => {
  it('fill some weeks with several hundred items, and go on after the campus opens', () => {
    const opened = timelineAt(0);
    expect(remarksOf(opened).length).toBeGreaterThan(300);
    expect(keysOf(opened).length).toBeGreaterThan(30);
    const days = new Set(remarksOf(opened).map(({ at }) => at.toISOString().slice(0, 10)));
    expect(days.size).toBeGreaterThan(20);
    const later = timelineAt(2);
    expect(remarksOf(later).length).toBeGreaterThan(remarksOf(opened).length + 15);
  });

  it('have nobody, whenever it opens, comment on what is not there yet, or answer what was not said yet', () => {
    for (const hour of [0.1, 8, 15, 23]) {
      const timeline = timelineAt(48, new Date(Date.parse('2026-11-21T16:00:00.000Z') + hour * 3_600_000));
      for (const { key, at } of [...timeline.listStatuses(), ...timeline.listArticles()]) {
        const remarks = timeline.listRemarks(key);
        for (const remark of remarks) {
          const answered = remarks.find((each) => each.key === remark.replyTo);
          expect(remark.at >= (answered?.at ?? at), `${remark.key}: ${remark.text}`).toBe(true);
        }
      }
    }
  });

  it('edit and delete while somebody watches', () => {
    const keys = (hours: number) => keysOf(timelineAt(hours));
    expect(keys(0)).not.toContain('wrong-date');
    expect(keys(0.1)).toContain('wrong-date');
    expect(keys(0.12)).not.toContain('wrong-date');
    const edits = (hours: number) =>
      timelineAt(hours)
        .listStatuses()
        .find(({ key }) => key === 'heating-hotline')?.edits;
    expect([edits(0.05), edits(0.1)]).toEqual([0, 1]);
  });

  it('name invented persons only where a platform names them, and leave no mark unread', () => {
    const written = JSON.stringify(stories);
    expect(persons.filter(({ name }) => written.includes(name))).toEqual([]);
    const texts = remarksOf(timelineAt(48)).map(({ text }) => plainText(readTokens(text)));
    expect(texts.filter((text) => /[{}]|@@|（赞/.test(text))).toEqual([]);
  });

  it('say nothing twice in the same words', () => {
    const texts = remarksOf(timelineAt(48)).map(({ text }) => text);
    expect(texts.filter((text, index) => texts.indexOf(text) !== index)).toEqual([]);
  });
});

describe('a talk', () => {
  it('is read line by line, with answers, the account and likes', () => {
    const read = readTalk(`
-3 08:00 第一句（赞12）
  -3 08:10 校：答复
    2.5h 再问
-0.5h 以后说的
`);
    expect(read).toEqual([
      {
        when: '-3 08:00',
        text: '第一句',
        likes: 12,
        replies: [
          {
            when: '-3 08:10',
            text: '答复',
            official: true,
            replies: [{ when: 2.5, text: '再问', replies: [] }],
          },
        ],
      },
      { when: -0.5, text: '以后说的', replies: [] },
    ]);
    expect(() => readTalk('昨天说的')).toThrow('昨天说的');
  });
});

it('the list of students has a hidden sheet with numbers that are well formed', () => {
  const hidden = sheetsOf('家庭经济困难学生认定名单.xlsx')?.find((sheet) => sheet.hidden);
  const numbers = hidden?.rows.slice(1).map(([, number]) => number ?? '') ?? [];
  expect(numbers).toHaveLength(24);
  for (const number of numbers) expect(number).toMatch(/^1399\d{2}200[4-6](0[1-9]|1[0-2])[12]\d\d{3}[\dX]$/);
});
