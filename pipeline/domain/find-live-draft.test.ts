import { describe, expect, it } from 'vitest';
import { findDrafts, readTraits } from './find-live-draft.ts';
import { normaliseText } from './normal-text.ts';

const sentence = (i: number) =>
  `第${i}项：${String.fromCharCode(0x4e00 + i * 7, 0x5100 + i * 11, 0x6200 + i * 13)}工作按计划推进。`;
const longText = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => sentence(from + i)).join('\n');
const draft = (draftId: string, title: string, text: string, address: string | null = null) =>
  readTraits({ draftId, address }, { title: normaliseText(title), text: normaliseText(text) });
const item = (title: string, text: string, more: object = {}) => ({
  ...{ url: 'https://www.canglan.example/info/1031/1.htm', title, text, isShortForm: false },
  ...more,
});
const ids = (...asked: Parameters<typeof findDrafts>) => findDrafts(...asked).map(({ draftId }) => draftId);

describe('the draft of an item', () => {
  const drafts = [
    draft('a', '年度工作安排', longText(0, 60)),
    draft('b', '下半年工作安排', longText(60, 120)),
    draft('c', '关于停水的通知', '今晚停水。'),
  ];

  it('is the one that says the same, or nearly', () => {
    expect(ids(item('年度工作安排', longText(0, 60)), drafts)).toEqual(['a']);
    expect(ids(item('年度工作安排', longText(0, 60).replaceAll('推进', '落实')), drafts)).toEqual(['a']);
    expect(ids(item('工作安排', longText(55, 110)), drafts)).toEqual(['b']);
    expect(ids(item('别的', longText(200, 260)), drafts)).toEqual([]);
  });

  it('is the one whose address was filled in, whatever it says', () => {
    const addressed = draft('d', '别的', '别的内容。', 'http://www.canglan.example/info/1031/1.htm#top');
    const found = findDrafts(item('年度工作安排', longText(0, 60)), [...drafts, addressed]);
    expect(found.map(({ draftId, by }) => [draftId, by])).toEqual([
      ['d', 'address'],
      ['a', 'text'],
    ]);
  });

  it('of a page that is all pictures is told by its title, if that says something', () => {
    expect(ids(item('关于停水的通知', ''), drafts)).toEqual(['c']);
    expect(ids(item('通知', ''), [draft('e', '通知', '一段很长很长的正文内容。')])).toEqual([]);
  });

  it('of a short form is the one that holds what it says', () => {
    const status = item('', `【年度工作安排】${sentence(0)}`, { isShortForm: true });
    expect(ids(status, drafts)).toEqual(['a']);
    expect(ids({ ...status, isShortForm: false }, drafts)).toEqual([]);
  });
});
