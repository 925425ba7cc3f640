import { describe, expect, it } from 'vitest';
import {
  adminAccount as admin,
  peopleTable as people,
  problemsOf,
  setupScene as scene,
  sheetTable as table,
  staffMember as user,
} from '../../../test/builders/setup-scene.ts';
import type { User } from '../user.ts';
import type { SetupScene } from './plan-section.ts';
import { planSetup } from './setup-plan.ts';

describe('people', () => {
  it('are read as offices write them', () => {
    const { problems, people: plan } = planSetup(
      [
        table('　人员 名单', [
          ['2026年秋季通知附件2：人员信息表'],
          [],
          ['序号', '姓　名*', '登录名', '所在部门', '角色（可多选）'],
          ['1', '张　伟', 'ＺｈａｎｇＷei ', '宣传部', '舆情审核员、通讯员；舆情分析员'],
          ['2', ' 李 华 ', 'lihua', '后勤处 ', '单位信息员,unit-head'],
          ['', '', '', '', ''],
          ['3', 'Anna  Lee', 'anna.lee', '无', '书记、校长'],
        ]),
      ],
      scene(),
    );
    expect(problems).toEqual([]);
    expect(plan?.add.map(({ fields }) => fields)).toMatchObject([
      { name: '张伟', login: 'zhangwei', unitId: 'publicity', roles: ['reviewer', 'editor', 'analyst'] },
      { name: '李华', login: 'lihua', unitId: 'logistics', roles: ['unit-reviewer', 'unit-head'] },
      { name: 'Anna Lee', login: 'anna.lee', unitId: null, roles: ['principal'] },
    ]);
    expect(plan?.section.missing).toEqual(['管理员（guanli）']);
  });

  it('get a first password where no door of the school leads in', () => {
    const sheet = people(
      ['甲', '', '', '审核员', '001234', '', '', ''],
      ['乙', 'yi', '', '审核员', '', 'YiYi', '', ''],
    );
    const planned = (doors: SetupScene['doors']) =>
      planSetup([sheet], scene({ doors })).people?.add.map(({ fields, needsPassword }) => [
        fields.login,
        fields.identities,
        needsPassword,
      ]);
    const wecom = { provider: 'wecom', subject: 'YiYi' };
    expect(planned([])).toEqual([
      ['001234', [{ provider: 'cas', subject: '001234' }], true],
      ['yi', [wecom], true],
    ]);
    expect(planned(['cas'])).toEqual([
      ['001234', [{ provider: 'cas', subject: '001234' }], false],
      ['yi', [wecom], true],
    ]);
    expect(planned(['oidc', 'wecom'])).toEqual([
      ['001234', [{ provider: 'oidc', subject: '001234' }], false],
      ['yi', [wecom], false],
    ]);
  });

  const known = user('zhangwei', {
    name: '张伟',
    unitId: 'logistics',
    identities: [{ provider: 'cas', subject: '001234' }],
  });
  it.each<[string, string[], Partial<User> | null]>([
    ['unchanged', ['张伟', 'zhangwei', '后勤', '舆情审核员', '001234', '', '在岗', ''], null],
    ['found by number', ['张伟', '', '', '审核员', '001234', '', '', ''], null],
    ['another unit', ['张伟', 'zhangwei', '宣传部', '审核员', '', '', '', ''], { unitId: 'publicity' }],
    ['no unit', ['张伟', 'zhangwei', '无', '审核员', '', '', '', ''], { unitId: null }],
    [
      'another name and roles',
      ['张炜', 'zhangwei', '', '分析员', '', '', '', ''],
      { name: '张炜', roles: ['analyst'] },
    ],
    ['no number any more', ['张伟', 'zhangwei', '', '审核员', '无', '', '', ''], { identities: [] }],
    [
      'a last day',
      ['张伟', 'zhangwei', '', '审核员', '', '', '', '2026年12月31日'],
      { leavesOn: '2026-12-31' },
    ],
    [
      'a last day as a serial',
      ['张伟', 'zhangwei', '', '审核员', '', '', '', '46387'],
      { leavesOn: '2026-12-31' },
    ],
    ['gone', ['张伟', 'zhangwei', '', '审核员', '', '', '离岗', ''], { disabled: true }],
    [
      'a student',
      ['张伟', 'zhangwei', '', '通讯员', '', '', '', '', '是'],
      { roles: ['editor'], student: true },
    ],
  ])('that are known change as the sheet says: %s', (_, row, change) => {
    const { problems, people: plan } = planSetup([people(row)], scene({ users: [admin, known] }));
    expect(problems).toEqual([]);
    expect(plan?.update.map(({ after }) => after)).toEqual(change === null ? [] : [{ ...known, ...change }]);
    expect(plan?.section).toMatchObject({
      added: [],
      unchanged: change === null ? 1 : 0,
      removed: change?.disabled ? [{ label: '张伟（zhangwei）' }] : [],
    });
  });

  it('that are disabled stay so, whatever the sheet says', () => {
    const gone = user('zhangwei', { disabled: true });
    const sheet = people(['zhangwei', 'zhangwei', '', '审核员', '', '', '在岗', '']);
    const plan = planSetup([sheet], scene({ users: [admin, gone] })).people;
    expect(plan?.update).toEqual([]);
    expect(plan?.section.missing.join()).toContain('导入不会启用');
  });

  const row = (over: Record<number, string>) =>
    ['张伟', 'zhangwei', '', '审核员', '', '', '', '', ''].map((cell, index) => over[index] ?? cell);
  it.each<[string[][], string]>([
    [[row({ 0: '' })], '人员 2 姓名 这一格不能为空。'],
    [[row({ 1: '' })], '人员 2 账号 账号和工号都没有填。'],
    [[row({ 1: '张伟' })], '人员 2 账号 “张伟”不能作账号。'],
    [[row({ 2: '后勤集团' })], '人员 2 单位 没有单位“后勤集团”。'],
    [[row({ 3: '审核员、班主任' })], '人员 2 角色 没有角色“班主任”。'],
    [[row({ 3: '运维、审计员' })], '人员 2 角色 三员分立：“运维人员”和“独立监督人员”不能由一人兼任。'],
    [[row({ 3: '单位负责人' })], '人员 2 单位 单位信息员和单位负责人要有单位。'],
    [[row({ 3: '#REF!' })], '人员 2 角色 单元格是公式错误 #REF!。'],
    [[row({ 6: '请假' })], '人员 2 状态 没有状态“请假”。'],
    [[row({ 6: '离职' })], '人员 2 状态 没有这个账号，不用写离岗。'],
    [[row({ 8: '是' })], '人员 2 学生 学生账号只能是通讯员：学生可以写稿，不能审校，也没有其他权限。'],
    [[row({ 3: '通讯员', 8: '可能' })], '人员 2 学生 “可能”看不懂。'],
    [[row({ 7: '年底' })], '人员 2 最后工作日 “年底”不是日期。'],
    [[row({}), row({ 0: '张炜' })], '人员 3 账号 账号“zhangwei”在第 2 行已经有了。'],
    [[row({ 4: '01' }), row({ 1: 'lihua', 4: '01' })], '人员 3 工号 “01”与第 2 行重复。'],
    [[row({ 4: '007' })], '人员 2 工号 “007”已经是账号 lao（lao）的。'],
    [[row({ 1: 'guanli' })], '人员 2 角色 这是最后一位在用的安全管理员，不能停用、离岗或去掉这个角色。'],
  ])('are refused at their cell: %j', (rows, problem) => {
    const users = [admin, user('lao', { identities: [{ provider: 'cas', subject: '007' }] })];
    expect(problemsOf([people(...rows)], { users })).toEqual([problem]);
  });

  it('nobody changes their own roles, and stand-ins count', () => {
    const sheet = people(['管理员', 'guanli', '', '账号管理员、通讯员', '', '', '', '']);
    const users = [admin, user('ling', { roles: ['account-admin'] })];
    expect(problemsOf([sheet], { users, selves: [admin.id] })).toEqual([
      '人员 2 角色 不能更改自己的角色、单位或账号状态，请由另一位安全管理员办理。',
    ]);
    expect(problemsOf([sheet], { users })).toEqual([]);
  });
});
