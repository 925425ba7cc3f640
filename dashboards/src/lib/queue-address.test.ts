import { expect, it } from 'vitest';
import { formatQuestion, parseQuestion } from './queue-address.ts';

it('stands in the address as it was asked, and comes back the same', () => {
  const asked = {
    filter: { topics: ['canteen' as const, 'fees' as const], hasDeadline: true as const },
    state: 'decided' as const,
    due: 'near' as const,
    sort: 'newest' as const,
  };
  const query = formatQuestion(asked);
  expect(query).toEqual({
    state: 'decided',
    due: 'near',
    sort: 'newest',
    topics: 'canteen,fees',
    hasDeadline: 'yes',
  });
  expect(parseQuestion('review', query)).toEqual(asked);
});

it('is bare for a list that nobody has touched', () => {
  expect(formatQuestion(parseQuestion('review', {}))).toEqual({});
});

it('leaves out what nobody understands, and the words, which may quote somebody', () => {
  const raw = {
    topics: 'nothing',
    levels: 'urgent',
    words: '张三',
    cursor: 'x',
    queue: 'safety',
    other: '1',
  };
  expect(formatQuestion(parseQuestion('review', raw))).toEqual({ levels: 'urgent' });
});
