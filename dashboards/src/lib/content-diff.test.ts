import { describe, expect, it } from 'vitest';
import { DraftContent } from '../../../pipeline/domain/draft-content.ts';
import { diffContents } from './content-diff.ts';

const contentOf = (text: string, more: object = {}) =>
  DraftContent.parse({
    title: '通知',
    document: { type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text }] }] },
    ...more,
  });

describe('two contents side by side', () => {
  it('tells words, and in words what else is different', () => {
    const diff = diffContents(
      contentOf('明天闭馆。请知悉。'),
      contentOf('后天闭馆。请知悉。', { channels: ['site'] }),
    );
    const said = (kind: string) => diff.body.filter((run) => run.kind === kind).map((run) => run.text.trim());
    expect([said('gone'), said('new')]).toEqual([['明天闭馆'], ['后天闭馆']]);
    expect(diff.others).toEqual(['渠道有变化']);
  });

  it('says that only the looks are different', () => {
    const bold = {
      type: 'paragraph',
      content: [{ type: 'text', text: '闭馆。', marks: [{ type: 'bold' }] }],
    };
    const diff = diffContents(
      contentOf('闭馆。'),
      contentOf('', { document: { type: 'doc', content: [bold] } }),
    );
    expect(diff.body.every((run) => run.kind === 'same')).toBe(true);
    expect(diff.others).toEqual(['正文的版式或图片有变化']);
    expect(diffContents(contentOf('闭馆。'), contentOf('闭馆。')).others).toEqual([]);
  });
});
