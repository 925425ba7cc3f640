import { addUser } from '../../pipeline/commands/add-user.ts';
import type { Context } from '../../pipeline/context.ts';
import type { Role } from '../../pipeline/domain/role.ts';
import { dayAfter } from '../../pipeline/domain/time.ts';

/** Beside those that one signs in with: who goes, who has gone, and the account for when the school's sign-in is away. */
const others: [login: string, name: string, role: Role, unit: string, leavesInDays: number | null][] = [
  ['assistant', '苏禾', 'editor', 'students', 6],
  ['predecessor', '韩松', 'reviewer', 'publicity', -1],
  ['network-head', '叶澜', 'unit-head', 'it-centre', null],
  ['teaching-head', '杜若', 'unit-head', 'teaching', null],
  ['emergency', '应急账号', 'account-admin', 'it-centre', null],
];

/**
 * A director on a trip, whom a reviewer stands in for, and people who come and go: on the days around the one on which the demo is
 * looked at, however many weeks before it the office began.
 */
export async function addDemoPeople(context: Context, password: string, today: string): Promise<void> {
  const { stores, clock } = context;
  const now = clock.now();
  const day = (later: number) => dayAfter(today, later);
  for (const [login, name, role, unitId, leavesInDays] of others) {
    const leavesOn = leavesInDays === null ? null : day(leavesInDays);
    const added = await addUser({ login, name, roles: [role], unitId, password, leavesOn }, null, context);
    if (login === 'emergency') await stores.users.update({ ...added, emergency: true });
  }
  const find = async (login: string) => (await stores.users.findByLogin(login))?.id ?? '';
  const admin = await find('account-admin');
  const both = { absentId: await find('director'), standInId: await find('reviewer2') };
  await stores.standIns.make(
    { commandId: clock.newId(), ...both, roles: ['director'], from: day(0), until: day(3), reason: 'trip' },
    { actor: { id: admin, roles: ['account-admin'] }, forAnybody: true },
    now,
  );
}
