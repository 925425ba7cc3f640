import { expect, it } from 'vitest';
import { copy, other, text } from '../builders/copies.ts';
import { useCopies } from './copy-scene.ts';
import { dayMs, type PostStoreFixture } from './post-scene.ts';

/** What is left of copies when texts and records have had their time. */
export function copyRetentionContract(open: () => Promise<PostStoreFixture>): void {
  const { fixture, now, idOf, gather, judge, judged, bring, find } = useCopies(open);

  it('an expired text takes no copies in, before the purge and after it', async () => {
    const [id = ''] = await bring('1', text);
    fixture().clock.advance(90 * dayMs);
    expect(await bring('2', copy)).toHaveLength(1);
    const { posts: expired } = await fixture().retention.listExpired(now(), 10);
    await fixture().retention.purgeExpired(now(), expired, 10);
    expect((await find(id))?.postIds).toEqual([idOf('1')]);
    expect(await bring('3', copy)).toEqual([]);
  });

  it('a page that outlives the record of its case can be judged again', async () => {
    await gather('1', text, 'article');
    await judge(judged('1', text, { postId: idOf('1', 'article') }));
    fixture().clock.advance(3 * 366 * dayMs);
    await fixture().retention.purgeExpired(now(), [], 10);
    await gather('1', other, 'article');
    expect(await judge(judged('1', other, { postId: idOf('1', 'article'), textVersion: 2 }))).toHaveLength(1);
  });
}
