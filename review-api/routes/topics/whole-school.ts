import { NotPermitted } from '../../../pipeline/domain/errors.ts';
import type { Rights } from '../../../pipeline/domain/role.ts';

/** A topic is of the whole school: whoever sees one unit's matters alone is not shown any. */
export function assertWholeSchool({ units, accessClasses }: Rights): void {
  if (units !== 'all' || !accessClasses.includes('open'))
    throw new NotPermitted('话题面向全校，本单位账号不可查看。');
}
