import type { SeedBodies } from '../../pipeline/commands/import-seeds.ts';
import { ReviewChain } from '../../pipeline/domain/review-chain.ts';
import { RosterEntry } from '../../pipeline/domain/roster.ts';

const source = 'seed:demo';

/** Who is on duty at the invented school, and who looks at its drafts. */
export const demoRoster: Pick<SeedBodies, 'roster' | 'chains'> = {
  roster: {
    source,
    body: [
      {
        ...{ duty: 'publicity', days: { on: 'working-days' }, from: '08:00', to: '18:00' },
        ...{ person: 'reviewer', backup: 'reviewer2', phone: '0571-88001201' },
      },
      {
        ...{ duty: 'publicity', days: { on: 'working-days' }, from: '18:00', to: '08:00' },
        ...{ person: 'reviewer2', backup: 'director', phone: '0571-88001201' },
      },
      {
        ...{ duty: 'publicity', days: { on: 'days-off' }, from: '08:00', to: '08:00' },
        ...{ person: 'director', backup: 'reviewer', phone: '0571-88001201' },
      },
      {
        ...{ duty: 'safety', days: { on: 'weekdays', weekdays: [1, 2, 3, 4, 5, 6, 7] } },
        ...{ from: '08:00', to: '08:00', person: 'safety', phone: '0571-88001110' },
      },
      {
        ...{ duty: 'operations', days: { on: 'working-days' }, from: '08:30', to: '17:30' },
        ...{ person: 'operator', phone: '0571-88001500' },
      },
    ].map((entry) => RosterEntry.parse(entry)),
  },
  chains: {
    source,
    body: [
      {
        ...{ id: 'usual', name: '一般稿件', mode: 'merged' },
        steps: [
          { step: 'first', role: 'reviewer' },
          { step: 'second', role: 'director' },
          { step: 'final', role: 'leader' },
        ],
      },
      {
        ...{ id: 'library', name: '图书馆稿件', mode: 'merged', units: ['library'] },
        steps: [
          { step: 'first', role: 'unit-reviewer' },
          { step: 'second', persons: ['reviewer', 'reviewer2'] },
          { step: 'final', role: 'director' },
        ],
      },
    ].map((chain) => ReviewChain.parse(chain)),
  },
};
