import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Category, QueueName, ServiceKind, ServiceTopic } from './category.ts';
import { PostKind } from './post.ts';
import { type RoutedFacts, RoutingRule, routeCase, withRoutedQueue } from './routing.ts';
import { RiskLevel } from './verdict.ts';

const facts: RoutedFacts = {
  channelId: 'main',
  kind: 'comment',
  categories: ['leak'],
  service: { kind: 'complaint', topic: 'canteen', unitId: 'logistics' },
  level: 'watch',
  accessClass: 'open',
};
const rule = (id: string, when: object, give: object) => RoutingRule.parse({ id, name: id, when, give });

describe('routing', () => {
  it('lets the first rule that gives an output decide it, each output by itself', () => {
    const rules = [
      rule('elsewhere', { channels: ['weibo'] }, { unitId: 'students', label: '微博' }),
      rule('canteen', { topics: ['canteen'] }, { unitId: 'logistics' }),
      rule('all', {}, { unitId: 'publicity', dueWorkingDays: 5, label: '一般' }),
    ];
    expect(routeCase(facts, { rules, version: 7 })).toEqual({
      version: 7,
      ruleIds: ['canteen', 'all'],
      queue: null,
      unitId: 'logistics',
      executorId: null,
      dueWorkingDays: 5,
      label: '一般',
    });
  });

  it.each<[string, object, boolean]>([
    ['a channel', { channels: ['main'] }, true],
    ['a kind', { kinds: ['article'] }, false],
    ['a category', { categories: ['leak', 'fraud'] }, true],
    ['a kind of service', { serviceKinds: ['question'] }, false],
    ['a unit that is named', { units: ['logistics'] }, true],
    ['the level itself', { levelAtLeast: 'watch' }, true],
    ['a higher level', { levelAtLeast: 'important' }, false],
    ['everything at once', { channels: ['main'], topics: ['canteen'], levelAtLeast: 'low' }, true],
    ['all but one', { channels: ['main'], topics: ['fees'] }, false],
  ])('asks for %s', (_name, when, matches) => {
    const given = routeCase(facts, { rules: [rule('one', when, { label: '有' })], version: 1 });
    expect(given !== null).toBe(matches);
  });

  it.each([
    ['words', { when: { words: ['校长'] }, give: { label: '一' } }],
    ['tone', { when: { sentiment: 'negative' }, give: { label: '一' } }],
    ['the safety queue', { give: { queue: 'safety' } }],
    ['an access class', { give: { accessClass: 'open' } }],
    ['nothing to give', { give: {} }],
  ])('knows no rule with %s', (_name, part) => {
    expect(RoutingRule.safeParse({ id: 'one', name: '一', ...part }).success).toBe(false);
  });

  it('takes no queue away, adds none for those on duty, and leaves what is theirs alone, whatever the rules', () => {
    const some = <T>(values: readonly T[]) => fc.subarray([...values]);
    const anyRule = fc
      .record({
        channels: some(['main', 'weibo']),
        kinds: some(PostKind.options),
        categories: some(Category.options),
        serviceKinds: some(ServiceKind.options),
        topics: some(ServiceTopic.options),
        levelAtLeast: fc.option(fc.constantFrom(...RiskLevel.options)),
        queue: fc.constantFrom('review', 'service', 'operations'),
      })
      .map(({ queue, ...when }) => rule('one', when, { queue }));
    const anyFacts = fc.record({
      channelId: fc.constantFrom('main', 'weibo'),
      kind: fc.constantFrom(...PostKind.options),
      categories: some(Category.options),
      service: fc.option(
        fc.record({
          kind: fc.constantFrom(...ServiceKind.options),
          topic: fc.constantFrom(...ServiceTopic.options),
        }),
      ),
      level: fc.constantFrom(...RiskLevel.options),
      accessClass: fc.constantFrom('open' as const, 'victim' as const, 'safety' as const),
    });
    fc.assert(
      fc.property(
        fc.array(anyRule, { maxLength: 6 }),
        anyFacts,
        some(QueueName.options),
        (rules, one, queues) => {
          const routing = routeCase(one, { rules, version: 1 });
          const after = withRoutedQueue(queues, one.accessClass, routing);
          expect(after).toEqual(expect.arrayContaining(queues));
          expect(after.includes('safety')).toBe(queues.includes('safety'));
          if (one.accessClass === 'safety')
            expect({ routing, after }).toEqual({ routing: null, after: queues });
        },
      ),
      { numRuns: 300 },
    );
  });
});
