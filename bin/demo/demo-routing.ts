import type { Context } from '../../pipeline/context.ts';
import { type RoutingRule, RoutingRules } from '../../pipeline/domain/routing.ts';
import { officeOwner, type SavedFilter } from '../../pipeline/domain/saved-filter.ts';

/** How the invented office has its matters routed: by topic to the unit in charge, with terms. */
export const demoRouting: RoutingRule[] = RoutingRules.parse([
  {
    id: 'leak',
    name: '个人信息泄露当日处置',
    when: { categories: ['leak'] },
    give: {
      unitId: 'it-centre',
      executorId: 'it-centre',
      dueWorkingDays: 1,
      queue: 'operations',
      label: '泄露',
    },
  },
  {
    id: 'lead',
    name: '人工登记的线索',
    when: { kinds: ['lead'] },
    give: { dueWorkingDays: 3, label: '线索' },
  },
  {
    id: 'pressing',
    name: '重点以上先办',
    when: { levelAtLeast: 'important' },
    give: { dueWorkingDays: 1, label: '急' },
  },
  {
    id: 'canteen',
    name: '食堂归后勤处',
    when: { topics: ['canteen'] },
    give: { unitId: 'logistics', executorId: 'logistics', label: '食堂' },
  },
  {
    id: 'dormitory',
    name: '宿舍由学工处牵头、后勤处承办',
    when: { topics: ['dormitory'] },
    give: { unitId: 'students', executorId: 'logistics' },
  },
  { id: 'network', name: '网络归现教中心', when: { topics: ['network'] }, give: { unitId: 'it-centre' } },
  { id: 'question', name: '咨询', when: { serviceKinds: ['question'] }, give: { dueWorkingDays: 3 } },
  { id: 'complaint', name: '投诉', when: { serviceKinds: ['complaint'] }, give: { dueWorkingDays: 5 } },
]);

const filters = [
  { name: '食堂与宿舍', queue: 'service', filter: { topics: ['canteen', 'dormitory'] } },
  {
    name: '重点以上、无人在办',
    queue: 'review',
    filter: { levels: ['important', 'urgent'], held: 'nobody' },
  },
] as const;

/** Filters of the office, as the director keeps them. */
export async function keepDemoFilters({ stores, clock }: Context): Promise<void> {
  const { version } = await stores.filters.read(officeOwner);
  const kept = filters.map(({ name, queue, filter }): SavedFilter => {
    const copy = JSON.parse(JSON.stringify(filter)) as SavedFilter['filter'];
    return {
      id: clock.newId(),
      name,
      queue,
      state: 'undecided',
      sort: 'risk',
      filter: copy,
      isDefault: false,
    };
  });
  await stores.filters.save(officeOwner, kept, { expectedVersion: version, at: clock.now() });
}
