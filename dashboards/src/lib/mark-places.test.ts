import { getSchema } from '@tiptap/core';
import { Node } from '@tiptap/pm/model';
import { EditorState } from '@tiptap/pm/state';
import { describe, expect, it } from 'vitest';
import type { DraftComment, ShownFinding } from './draft-api.ts';
import { beginMarks, draftMarks, findMark, showMarks } from './draft-marks.ts';
import { draftExtensions } from './draft-schema.ts';
import { findPhrase, placeComments, placeFindings, readPhrase } from './mark-places.ts';

const schema = getSchema(draftExtensions((hash) => hash));
const hash = 'b'.repeat(64);
const p = (...content: object[]) => ({ type: 'paragraph', content });
const text = (words: string, ...marks: string[]) => ({
  ...{ type: 'text', text: words },
  ...(marks.length === 0 ? {} : { marks: marks.map((type) => ({ type })) }),
});
const doc = Node.fromJSON(schema, {
  type: 'doc',
  content: [
    p(text('本次招'), text('生', 'bold'), text('说明会')),
    p({ type: 'image', attrs: { hash } }),
    {
      type: 'table',
      content: [
        {
          type: 'tableRow',
          content: ['甲', '乙'].map((one) => ({ type: 'tableCell', content: [p(text(one))] })),
        },
      ],
    },
    p(text('本次招生到此结束')),
  ],
});
const flat = '本次招生说明会\n\n甲\t乙\n本次招生到此结束\n';

const finding = (change: Partial<ShownFinding>): ShownFinding => ({
  ...{
    id: 'f',
    category: 'typo',
    level: 'warn',
    stage: 's',
    rule: 'r',
    version: '1',
    text: '',
    suggestion: null,
  },
  ...{
    message: '应为“招生”。',
    key: 'k',
    answered: null,
    place: { part: 'body', ref: null, start: 0, end: 0 },
  },
  ...change,
});
const inBody = (words: string, from = 0): ShownFinding => {
  const start = flat.indexOf(words, from);
  return finding({ text: words, place: { part: 'body', ref: null, start, end: start + words.length } });
};

describe('where findings stand in the editor', () => {
  it('marks exactly the words that were found, across formats, in cells and at the end', () => {
    for (const words of ['招生说明', '乙', '结束', '本次']) {
      const [mark] = placeFindings(doc, [inBody(words)]);
      expect(mark && doc.textBetween(mark.from, mark.to)).toBe(words);
    }
    const [second] = placeFindings(doc, [inBody('本次招生', 3)]);
    expect(second?.from).toBeGreaterThan(20);
    expect(second && doc.textBetween(second.from, second.to)).toBe('本次招生');
  });

  it('marks a picture by its bytes, and nothing for what stands elsewhere or was answered', () => {
    const image = finding({ place: { part: 'image', ref: hash, start: 0, end: 0 } });
    const [mark] = placeFindings(doc, [image]);
    expect(mark && doc.nodeAt(mark.from)?.type.name).toBe('image');
    const elsewhere = finding({ place: { part: 'title', ref: null, start: 0, end: 2 } });
    const answered = {
      ...inBody('甲'),
      answered: { reason: '人名', by: null, at: '2026-05-01T00:00:00.000Z', forUnit: false },
    };
    expect(placeFindings(doc, [elsewhere, answered])).toEqual([]);
  });
});

describe('marks while one goes on writing', () => {
  function open() {
    const extension = draftMarks(() => undefined);
    const plugins = extension.config.addProseMirrorPlugins?.call({} as never) ?? [];
    const editor = {
      view: {
        state: EditorState.create({ doc, plugins }),
        dispatch(tr: EditorState['tr']) {
          editor.view.state = editor.view.state.apply(tr);
        },
      },
    };
    const type = (words: string, at: number, to = at) => {
      editor.view.dispatch(editor.view.state.tr.insertText(words, at, to));
    };
    const words = () => {
      const mark = findMark(editor.view.state, 'f');
      return mark === null ? null : editor.view.state.doc.textBetween(mark.from, mark.to);
    };
    return { editor, type, words };
  }

  it('puts an answer where the words stand by now, though it speaks of the text as it was sent', () => {
    const { editor, type, words } = open();
    beginMarks(editor);
    const marks = placeFindings(doc, [inBody('到此')]);
    type('新的一句。', 1);
    type('再来一句。', 1);
    showMarks(editor, { layer: 'findings', marks, asOf: 'begin' });
    expect(words()).toBe('到此');
    type('最后一句。', 1);
    expect(words()).toBe('到此');
  });

  it('lets a mark go once its words were typed over', () => {
    const { editor, type, words } = open();
    const marks = placeFindings(doc, [inBody('到此')]);
    showMarks(editor, { layer: 'findings', marks, asOf: 'now' });
    const { from = 0, to = 0 } = marks[0] ?? {};
    type('圆满', from, to);
    expect(words()).toBeNull();
  });
});

describe('comments on phrases', () => {
  const comment = (phrase: DraftComment['phrase']): DraftComment => ({
    ...{ id: 'c', by: { id: 'p', name: '李审' }, at: '2026-05-01T00:00:00.000Z', text: '请核实' },
    ...{
      version: 1,
      phrase,
      words: null,
      isOutdated: false,
      maySettle: true,
      suggestion: null,
      resolved: null,
      replies: [],
    },
  });

  it('follow their words to the nearest place, and say when they are gone', () => {
    expect(findPhrase('甲乙甲乙', { text: '乙', start: 3 })).toBe(3);
    expect(findPhrase('甲乙甲甲甲乙', { text: '乙', start: 2 })).toBe(1);
    expect(findPhrase('甲乙甲甲甲乙', { text: '乙', start: 4 })).toBe(5);
    expect(findPhrase('甲乙', { text: '丙', start: 0 })).toBeNull();
    const moved = placeComments(doc, [comment({ text: '说明会', start: 0, end: 3 })]);
    expect(moved.marks.map((one) => doc.textBetween(one.from, one.to))).toEqual(['说明会']);
    const gone = placeComments(doc, [comment({ text: '宣讲会', start: 4, end: 7 })]);
    expect([gone.marks, [...gone.outdated]]).toEqual([[], ['c']]);
  });

  it('are made on the words selected', () => {
    const [mark] = placeFindings(doc, [inBody('说明会')]);
    const range = { from: mark?.from ?? 0, to: mark?.to ?? 0 };
    const start = flat.indexOf('说明会');
    expect(readPhrase(doc, range)).toEqual({ start, end: start + 3, text: '说明会' });
    expect(readPhrase(doc, { from: 1, to: 1 })).toBeNull();
  });
});
