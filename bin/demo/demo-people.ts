import { addUser } from '../../pipeline/commands/add-user.ts';
import { dismissLeavers } from '../../pipeline/commands/dismiss-leavers.ts';
import type { Context } from '../../pipeline/context.ts';
import type { Role } from '../../pipeline/domain/role.ts';
import { shanghaiDay } from '../../pipeline/domain/time.ts';

const dayMs = 86_400_000;

/** Beside those that one signs in with: who goes, who has gone, and the account for when the school's sign-in is away. */
const others: [login: string, name: string, role: Role, unit: string, leavesInDays: number | null][] = [
  ['assistant', '苏禾', 'editor', 'students', 6],
  ['predecessor', '韩松', 'reviewer', 'publicity', -1],
  ['emergency', '应急账号', 'account-admin', 'it-centre', null],
];

/** A director on a trip, whom a reviewer stands in for, and people who come and go. */
export async function addDemoPeople(context: Context, password: string): Promise<void> {
  const { stores, clock } = context;
  const now = clock.now();
  const day = (later: number) => shanghaiDay(new Date(Date.parse(now) + later * dayMs).toISOString());
  for (const [login, name, role, unitId, leavesInDays] of others) {
    const leavesOn = leavesInDays === null ? null : day(leavesInDays);
    const added = await addUser({ login, name, roles: [role], unitId, password, leavesOn }, null, context);
    if (login === 'emergency') await stores.users.update({ ...added, emergency: true });
  }
  await dismissLeavers(context);
  const find = async (login: string) => (await stores.users.findByLogin(login))?.id ?? '';
  const admin = await find('account-admin');
  const both = { absentId: await find('director'), standInId: await find('reviewer2') };
  await stores.standIns.make(
    { commandId: clock.newId(), ...both, roles: ['director'], from: day(0), until: day(3), reason: 'trip' },
    { actor: { id: admin, roles: ['account-admin'] }, forAnybody: true },
    now,
  );
}
