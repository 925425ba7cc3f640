import { assertAdminStays, assertNotOneself, assertStudentFits, isStayingAdmin } from '../account.ts';
import type { Unit } from '../channel.ts';
import { GuanlanError } from '../errors.ts';
import { findIncompatibleRoles, type Role } from '../role.ts';
import { assertRolesFit, type StandIn } from '../stand-in.ts';
import { type Identity, Login, type User } from '../user.ts';
import { cleanCode, cleanPersonName, foldName, isNothing, parseDay, splitList } from './cells.ts';
import { Complaints, emptySection, type SectionPlan, type SetupScene } from './plan-section.ts';
import type { FoundSheet, SetupProblem, SetupRecord } from './records.ts';
import { findRole, knownRoleNames, roleName } from './role-names.ts';
import { findUnit } from './unit-rows.ts';

/** What a sheet says of an account. */
export type PersonFields = Pick<
  User,
  'login' | 'name' | 'unitId' | 'roles' | 'identities' | 'leavesOn' | 'disabled' | 'student'
>;

export interface NewPerson {
  fields: PersonFields;
  /** No door of the school's own sign-in leads in: a first password is made. */
  needsPassword: boolean;
}

export interface PeoplePlan {
  add: NewPerson[];
  update: { before: User; after: User }[];
  section: SectionPlan;
}

type People = SetupRecord<'people'>;
interface Reading extends SetupScene {
  units: readonly Unit[];
  complain: Complaints<'people'>;
}

const scoped: ReadonlySet<Role> = new Set<Role>(['unit-reviewer', 'unit-head']);
const stays = new Set(['在岗', '在职', '在编', '正常']);
const yes = new Set(['是', '对', '学生', 'yes', 'y', '1', '√']);
const no = new Set(['否', '不是', '教师', 'no', 'n', '0', '×']);
const leaves = new Set(['离岗', '离职', '调离', '退休', '停用']);

/** Accounts are added and changed; nobody is disabled for not being in the sheet. */
export function planPeople(
  found: FoundSheet<'people'>,
  scene: SetupScene & { units: readonly Unit[] },
  problems: SetupProblem[],
): PeoplePlan {
  const reading: Reading = { ...scene, complain: new Complaints('people', problems) };
  const plan: PeoplePlan = { add: [], update: [], section: emptySection() };
  const seen = new Seen(reading.complain);
  for (const record of found.records) {
    const before = findBefore(record, reading);
    const fields = parsePerson(record, before, reading);
    if (fields === null || !seen.takes(record, fields) || !mayStand(record, { before, fields }, reading))
      continue;
    if (before === null) addPerson(fields, { plan, scene: reading });
    else changePerson(record, { before, after: { ...before, ...fields } }, { plan, reading });
  }
  assertSomeAdmin(found, plan, reading);
  const absent = scene.users.filter((user) => !user.disabled && !seen.logins.has(user.login));
  plan.section.missing.push(...absent.map(labelOf));
  return plan;
}

/** Each account, and each identity, once in the sheet. */
class Seen {
  readonly logins = new Map<string, number>();
  readonly #identities = new Map<string, number>();
  readonly #complain: Complaints<'people'>;
  constructor(complain: Complaints<'people'>) {
    this.#complain = complain;
  }

  takes(record: People, { login, identities }: PersonFields): boolean {
    const earlier = this.logins.get(login);
    if (earlier !== undefined) {
      this.#complain.add(
        record,
        'login',
        `账号“${login}”在第 ${earlier} 行已经有了。`,
        '一人一行，多个角色写在同一格。',
      );
      return false;
    }
    this.logins.set(login, record.row);
    for (const { provider, subject } of identities) {
      const key = `${provider}:${subject}`;
      const other = this.#identities.get(key);
      if (other !== undefined) {
        const column = provider === 'wecom' ? 'wecom' : 'staffNumber';
        this.#complain.add(record, column, `“${subject}”与第 ${other} 行重复。`, '每人的编号不同，请核对。');
        return false;
      }
      this.#identities.set(key, record.row);
    }
    return true;
  }
}

/** The school's number is known at its CAS, or, where there is OIDC alone, there. */
function staffProvider(doors: SetupScene['doors']): 'cas' | 'oidc' {
  return doors.includes('oidc') && !doors.includes('cas') ? 'oidc' : 'cas';
}

function ownerOf(provider: Identity['provider'], subject: string, users: readonly User[]): User | null {
  const has = (one: Identity) => one.provider === provider && one.subject === subject;
  return users.find(({ identities }) => identities.some(has)) ?? null;
}

function findBefore({ cells }: People, { users, doors }: Reading): User | null {
  const login = cleanCode(cells.login).toLowerCase();
  if (login !== '') return users.find((user) => user.login === login) ?? null;
  const number = cleanCode(cells.staffNumber);
  if (number === '') return null;
  return (
    ownerOf(staffProvider(doors), number, users) ??
    users.find((user) => user.login === number.toLowerCase()) ??
    null
  );
}

function parsePerson(record: People, before: User | null, reading: Reading): PersonFields | null {
  const { complain } = reading;
  const { cells } = record;
  const name = cleanPersonName(cells.name);
  const login = parseLogin(record, before, complain);
  const unitId = parseUnitId(record, before, reading);
  const roles = parseRoles(record, complain);
  const leavesOn = parseLastDay(record, before, complain);
  const disabled = parseState(record, before, complain);
  const identities = parseIdentities(record, before, reading);
  const student = parseStudent(record, before, complain);
  if (name.length > 60) complain.add(record, 'name', '姓名最多 60 个字。');
  if (name === '' || name.length > 60) return null;
  if (login === null || unitId === undefined || roles === null || leavesOn === undefined) return null;
  if (disabled === null || identities === null || student === null) return null;
  return { login, name, unitId, roles, identities, leavesOn, disabled, student };
}

function parseLogin(record: People, before: User | null, complain: Complaints<'people'>): string | null {
  const { login, staffNumber } = record.cells;
  const written = cleanCode(login).toLowerCase();
  const chosen = written !== '' ? written : (before?.login ?? cleanCode(staffNumber).toLowerCase());
  if (chosen === '') return complain.add(record, 'login', '账号和工号都没有填。', '请至少填一个。');
  if (Login.safeParse(chosen).success) return chosen;
  const column = written !== '' ? 'login' : 'staffNumber';
  return complain.add(
    record,
    column,
    `“${chosen}”不能作账号。`,
    '账号只用小写字母、数字和 . _ -，2 至 64 个字符。',
  );
}

/** Undefined where the cell is wrong. */
function parseUnitId(
  record: People,
  before: User | null,
  { units, complain }: Reading,
): string | null | undefined {
  const { unit } = record.cells;
  if (unit === '') return before?.unitId ?? null;
  if (isNothing(unit)) return null;
  const known = findUnit(units, unit);
  if (known !== null) return known.id;
  const near = units
    .filter(({ name }) => name.includes(unit.trim()) || unit.includes(name))
    .map(({ name }) => name);
  const hint =
    near.length > 0 ? `是不是：${near.slice(0, 3).join('、')}？` : '请先在“单位”表里加上，或改成已有的名称。';
  complain.add(record, 'unit', `没有单位“${unit}”。`, hint);
  return undefined;
}

function parseRoles(record: People, complain: Complaints<'people'>): Role[] | null {
  const whole = findRole(record.cells.roles);
  const found =
    whole === null
      ? splitList(record.cells.roles).map((text) => ({ text, role: findRole(text) }))
      : [{ text: '', role: whole }];
  const unknown = found.find(({ role }) => role === null);
  if (unknown !== undefined)
    return complain.add(
      record,
      'roles',
      `没有角色“${unknown.text}”。`,
      `可以填：${knownRoleNames.join('、')}。`,
    );
  const roles = [...new Set(found.flatMap(({ role }) => role ?? []))];
  return roles.length === 0 ? null : roles;
}

function parseLastDay(
  record: People,
  before: User | null,
  complain: Complaints<'people'>,
): string | null | undefined {
  const { leavesOn } = record.cells;
  if (leavesOn === '') return before?.leavesOn ?? null;
  if (isNothing(leavesOn)) return null;
  const day = parseDay(leavesOn);
  if (day !== null) return day;
  complain.add(record, 'leavesOn', `“${leavesOn}”不是日期。`, '如 2026-12-31；填“无”取消。');
  return undefined;
}

/** An account that was disabled stays so: it is enabled by hand, by somebody who knows why it was. */
function parseState(record: People, before: User | null, complain: Complaints<'people'>): boolean | null {
  const state = cleanCode(record.cells.state);
  if (state === '' || stays.has(state)) return before?.disabled ?? false;
  if (leaves.has(state)) return true;
  return complain.add(record, 'state', `没有状态“${state}”。`, '填“在岗”或“离岗”。');
}

function parseStudent(record: People, before: User | null, complain: Complaints<'people'>): boolean | null {
  const written = cleanCode(record.cells.student).toLowerCase();
  if (written === '') return before?.student ?? false;
  if (yes.has(written) || no.has(written)) return yes.has(written);
  return complain.add(record, 'student', `“${record.cells.student}”看不懂。`, '填“是”或“否”。');
}

function parseIdentities(
  record: People,
  before: User | null,
  { users, doors, complain }: Reading,
): Identity[] | null {
  const wanted = [
    { provider: staffProvider(doors), key: 'staffNumber' },
    { provider: 'wecom', key: 'wecom' },
  ] as const;
  let identities = [...(before?.identities ?? [])];
  for (const { provider, key } of wanted) {
    const subject = cleanCode(record.cells[key]);
    if (subject === '') continue;
    identities = identities.filter((one) => one.provider !== provider);
    if (isNothing(subject)) continue;
    const owner = ownerOf(provider, subject, users);
    if (owner !== null && owner.id !== before?.id)
      return complain.add(
        record,
        key,
        `“${subject}”已经是账号 ${owner.login}（${owner.name}）的。`,
        '请核对编号；同一个人请用原来的账号。',
      );
    if (subject.length > 200) return complain.add(record, key, '编号太长。');
    identities.push({ provider, subject });
  }
  return identities;
}

/** The rules for one account, and what a sheet can get wrong besides. */
function mayStand(
  record: People,
  { before, fields }: { before: User | null; fields: PersonFields },
  { complain, standIns, selves }: Reading,
): boolean {
  const { roles, unitId, leavesOn, disabled } = fields;
  const clash = findIncompatibleRoles(roles);
  if (clash !== null) {
    const [one, other] = clash.map(roleName);
    complain.add(record, 'roles', `三员分立：“${one}”和“${other}”不能由一人兼任。`, '请分给两位同事。');
    return false;
  }
  if (unitId === null && roles.some((role) => scoped.has(role))) {
    complain.add(record, 'unit', '单位信息员和单位负责人要有单位。', '请填写单位名称。');
    return false;
  }
  if (before === null && disabled) {
    complain.add(record, 'state', '没有这个账号，不用写离岗。', '请删去这一行。');
    return false;
  }
  const mayBeStudent = passes(
    () => assertStudentFits(fields, 'student'),
    (message) => complain.add(record, 'student', message, '请改角色，或填“否”。'),
  );
  if (!mayBeStudent || before === null) return mayBeStudent;
  const after: User = { ...before, ...fields };
  return [
    () => assertRolesFit(after, standIns, 'roles'),
    () => assertLendsNothing(after, standIns),
    () => assertNotOneself(selves, before, after),
  ].every((rule) =>
    passes(rule, (message, hint) =>
      complain.add(record, leavesOn !== before.leavesOn ? 'leavesOn' : 'roles', message, hint),
    ),
  );
}

/** A student holds nothing in anybody's stead. */
function assertLendsNothing({ id, student }: User, standIns: readonly StandIn[]): void {
  const roles = standIns.filter(({ standInId }) => standInId === id).flatMap((one) => one.roles);
  assertStudentFits({ student, roles }, 'student');
}

function passes(rule: () => void, refuse: (message: string, hint: string) => void): boolean {
  try {
    rule();
    return true;
  } catch (error) {
    if (!(error instanceof GuanlanError)) throw error;
    refuse(error.message, 'hint' in error && typeof error.hint === 'string' ? error.hint : '');
    return false;
  }
}

const unitName = (units: readonly Unit[], id: string | null) =>
  units.find((unit) => unit.id === id)?.name ?? '无';
const labelOf = ({ name, login }: Pick<User, 'name' | 'login'>) => `${name}（${login}）`;
const rolesText = (roles: readonly Role[]) => roles.map(roleName).join('、');

function addPerson(fields: PersonFields, { plan, scene }: { plan: PeoplePlan; scene: Reading }): void {
  const needsPassword = !fields.identities.some(({ provider }) => scene.doors.includes(provider));
  plan.add.push({ fields, needsPassword });
  const details = [`单位：${unitName(scene.units, fields.unitId)}`, `角色：${rolesText(fields.roles)}`];
  details.push(needsPassword ? '将生成初始密码' : '用学校的登录方式');
  plan.section.added.push({ label: labelOf(fields), details });
}

const identitiesText = (identities: readonly Identity[]) =>
  identities
    .map(({ provider, subject }) => `${provider} ${subject}`)
    .toSorted()
    .join('、');

function changePerson(
  record: People,
  { before, after }: { before: User; after: User },
  { plan, reading }: { plan: PeoplePlan; reading: Reading },
): void {
  const { section } = plan;
  const details: string[] = [];
  const tell = (what: string, from: string, to: string) => {
    if (from !== to) details.push(`${what}：${from || '无'} → ${to || '无'}`);
  };
  tell('姓名', before.name, after.name);
  tell('单位', unitName(reading.units, before.unitId), unitName(reading.units, after.unitId));
  tell('角色', rolesText(before.roles.toSorted()), rolesText(after.roles.toSorted()));
  tell('登录身份', identitiesText(before.identities), identitiesText(after.identities));
  tell('最后工作日', before.leavesOn ?? '', after.leavesOn ?? '');
  tell('学生', before.student ? '是' : '否', after.student ? '是' : '否');
  const leaving = after.disabled && !before.disabled;
  if (!leaving && details.length === 0) {
    if (before.disabled && stays.has(cleanCode(record.cells.state)))
      section.missing.push(`${labelOf(before)}：账号已停用，导入不会启用，请到“人员与权限”里启用`);
    section.unchanged += 1;
    return;
  }
  plan.update.push({ before, after });
  const label = labelOf(before);
  if (leaving) section.removed.push({ label, details: ['离岗：账号停用并退出登录', ...details] });
  else section.changed.push({ label, details });
}

function assertSomeAdmin(found: FoundSheet<'people'>, plan: PeoplePlan, { users, complain }: Reading): void {
  const afterOf = new Map(plan.update.map(({ before, after }) => [before.id, after]));
  const stay = [
    ...users.map((user) => afterOf.get(user.id) ?? user),
    ...plan.add.map(({ fields }) => fields),
  ].some(isStayingAdmin);
  for (const { before, after } of plan.update) {
    const record = found.records.find(({ cells }) =>
      [cells.login, cells.staffNumber].some((text) => foldName(text) === before.login),
    );
    if (record !== undefined)
      passes(
        () => assertAdminStays(before, after, stay),
        (message, hint) => complain.add(record, 'roles', message, hint),
      );
  }
}
