import { randomInt } from 'node:crypto';
import { passwordOnly, type SignInConfig } from '../../config/sign-in.ts';
import { buildScryptPasswords } from '../../pipeline/adapters/scrypt-passwords.ts';
import { systemClock } from '../../pipeline/adapters/system-clock.ts';
import { addUser } from '../../pipeline/commands/add-user.ts';
import type { Context } from '../../pipeline/context.ts';
import type { Role } from '../../pipeline/domain/role.ts';
import { shanghaiDay } from '../../pipeline/domain/time.ts';
import { addDemoPeople } from './demo-people.ts';
import { daysOfHistory } from './demo-weeks.ts';

export interface DemoAccount {
  login: string;
  password: string;
  /** What the account is for, as printed. */
  title: string;
}

/** The local password alone; who puts a second factor off may, as if the account were of today and not of weeks ago. */
export const demoSignIn: SignInConfig = {
  ...passwordOnly,
  secondFactor: {
    ...passwordOnly.secondFactor,
    graceDays: passwordOnly.secondFactor.graceDays + daysOfHistory + 1,
  },
};

/** Accounts that live as long as one demo need not cost a third of a second each. */
export const demoPasswords = buildScryptPasswords({ logN: 14, r: 8, p: 1 });

const people: [login: string, name: string, roles: Role[], unit: string, title: string][] = [
  ['reviewer', '林知遥', ['reviewer'], 'publicity', '舆情审核员: the review and service queues'],
  [
    'reviewer2',
    '沈亦舟',
    ['reviewer'],
    'publicity',
    '舆情审核员: a colleague, to see claims; stands in for the director',
  ],
  ['director', '周望舒', ['director'], 'publicity', '宣传部负责人'],
  ['safety', '顾安', ['safety'], 'students', '心理中心/保卫处值班: the safety queue'],
  ['operator', '许川', ['operator'], 'it-centre', '现代教育技术中心: channels, integrity'],
  ['analyst', '何未', ['analyst'], 'publicity', '舆情分析员'],
  ['editor', '江晚', ['editor'], 'library', '通讯员'],
  ['unit-reviewer', '白露', ['unit-reviewer'], 'library', '单位信息员'],
  ['unit-head', '陆时', ['unit-head'], 'logistics', '单位负责人'],
  ['leader', '秦砚', ['leader'], 'publicity', '分管领导'],
  ['principal', '方既明', ['principal'], 'publicity', '校长'],
  ['account-admin', '夏至', ['account-admin'], 'it-centre', '安全管理员'],
  ['auditor', '温故', ['auditor'], 'publicity', '独立监督'],
];

function makePassword(): string {
  const digits = () => String(randomInt(10_000)).padStart(4, '0');
  return `canglan-${digits()}-${digits()}`;
}

/** One password for all, made anew for every demo. */
export async function addDemoAccounts(context: Context): Promise<DemoAccount[]> {
  const password = makePassword();
  for (const [login, name, roles, unitId] of people) {
    await addUser({ login, name, roles, unitId, password }, null, context);
  }
  await addDemoPeople(context, password, shanghaiDay(systemClock.now()));
  return people.map(([login, , , , title]) => ({ login, password, title }));
}
