import type { CaseRouting } from '../../pipeline/domain/routing.ts';
import type { Settings } from '../../pipeline/domain/settings.ts';
import type { RoutingGiven } from '../contract/routing.ts';
import type { Directory } from './directory.ts';

/** What the rules gave a case when it was opened; rules may have gone since. */
export function presentRouting(
  routing: CaseRouting | undefined,
  settings: Settings,
  directory: Pick<Directory, 'unit'>,
): RoutingGiven | null {
  if (routing === undefined) return null;
  const { version, ruleIds, unitId, executorId, dueWorkingDays, label } = routing;
  const unitOf = (id: string | null) => (id === null ? null : directory.unit(settings, id));
  return {
    ...{ version, dueWorkingDays, label },
    rules: ruleIds.map((id) => settings.routing.find((rule) => rule.id === id)?.name ?? id),
    unit: unitOf(unitId),
    executor: unitOf(executorId),
  };
}
