import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffTexts } from './text-diff.ts';

describe('diffTexts', () => {
  it('tells what was taken out and what was put in, in whole clauses', () => {
    const runs = diffTexts('食堂三号窗口涨价，请后勤答复。', '食堂五号窗口涨价，请后勤答复。谢谢！');
    expect(runs).toEqual([
      { kind: 'gone', text: '食堂三号窗口涨价' },
      { kind: 'new', text: '食堂五号窗口涨价' },
      { kind: 'same', text: '，请后勤答复。' },
      { kind: 'new', text: '谢谢！' },
    ]);
  });

  it('loses nothing of either text', () => {
    const text = fc.array(fc.constantFrom('食堂', '涨价', '，', '。', '\n', '😀'), { maxLength: 40 });
    fc.assert(
      fc.property(text, text, (a, b) => {
        const [before, after] = [a.join(''), b.join('')];
        const runs = diffTexts(before, after);
        const without = (kind: string) => runs.flatMap((run) => (run.kind === kind ? [] : run.text)).join('');
        expect(without('new')).toBe(before);
        expect(without('gone')).toBe(after);
      }),
    );
  });
});
