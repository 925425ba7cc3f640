import type { GatheredPost } from '../../pipeline/domain/post.ts';
import { buildGathered } from '../builders/post.ts';

/** What the seed rules make of a post of this kind: which queue waits for a person. */
type Fate = 'review' | 'safety' | 'service' | 'nothing';

/** Of a hundred posts: five show an identity number, one speaks of self-harm, ten ask for something, the rest need nobody. */
function fateOf(index: number): Fate {
  const place = index % 100;
  if (place % 20 === 0) return 'review';
  if (place === 1) return 'safety';
  return place % 10 === 2 ? 'service' : 'nothing';
}

const dishes = ['牛肉面', '麻辣烫', '盖浇饭', '小笼包', '炒河粉', '豆浆油条', '石锅拌饭'];

/** The identity number is made up, with a valid check digit. */
function textOf(index: number): string {
  const fate = fateOf(index);
  if (fate === 'review') return `第${index}批名单公示：申请人甲，身份证号110101199003070054，请核对。`;
  if (fate === 'safety') return `${index}号床的同学说，撑不住了，我真的不想活了。`;
  if (fate === 'service') return `${index}室的空调坏了两天，什么时候能修？`;
  return `今天二食堂的${dishes[index % dishes.length]}很好吃，第${index}次来了。`;
}

/** Short, no two alike, and known by their number: `main-site:comment:<index>` or, for articles, `main-site:article:<index>`. */
export function buildPostsInFlight(count: number): GatheredPost[] {
  return Array.from({ length: count }, (_, index) =>
    buildGathered({
      externalId: String(index),
      kind: fateOf(index) === 'review' ? 'article' : 'comment',
      title: '',
      text: textOf(index),
    }),
  );
}

/** How many of them come to which queue. */
export function countFates(count: number): Record<Fate, number> {
  const counts: Record<Fate, number> = { review: 0, safety: 0, service: 0, nothing: 0 };
  for (let index = 0; index < count; index++) counts[fateOf(index)] += 1;
  return counts;
}
