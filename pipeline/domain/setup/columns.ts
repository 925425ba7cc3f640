/** One column of a sheet as the template has it. */
export interface ColumnSpec {
  header: string;
  /** Other headers by which it is known. */
  aliases: readonly string[];
  required: boolean;
  /** In characters. */
  width: number;
  /** What may stand in it; for the page 说明. */
  hint: string;
  /** In the template's example row; of the first column behind 示例. */
  example: string;
}

export interface SheetSpec {
  name: string;
  aliases: readonly string[];
  columns: Record<string, ColumnSpec>;
}

const column = (
  header: string,
  [width, example]: readonly [number, string],
  hint: string,
  ...aliases: string[]
): ColumnSpec => ({ header, aliases, required: false, width, hint, example });
const required = (spec: ColumnSpec): ColumnSpec => ({ ...spec, required: true });

const unit = {
  name: required(
    column('单位名称', [24, '示例：后勤处'], '全称', '单位', '部门', '部门名称', '机构名称', '名称'),
  ),
  id: column('单位编号', [16, 'logistics'], '小写字母、数字和连字符；可不填，由系统给出', '编号', '单位代码'),
  aliases: column('别名', [28, '后勤、后勤保障处'], '简称和旧称，用顿号分开', '简称', '曾用名'),
  topics: column(
    '负责主题',
    [24, '食堂、宿舍'],
    '食堂 宿舍 教务 收费 网络 医疗 招生就业 后勤 图书馆 安全 其他，用顿号分开',
    '主题',
    '业务主题',
  ),
};

const person = {
  name: required(column('姓名', [14, '示例：张伟'], '显示给同事的姓名', '名字', '教师姓名')),
  staffNumber: column(
    '工号',
    [14, '001234'],
    '统一身份认证的编号，保留前面的 0；填了它就用学校的登录方式',
    '职工号',
    '教工号',
    '人事编号',
    '统一认证号',
    '统一身份认证号',
  ),
  login: column(
    '账号',
    [16, 'zhangwei'],
    '小写字母、数字和 . _ -；不填时用工号',
    '登录名',
    '用户名',
    '登录账号',
  ),
  unit: column(
    '单位',
    [22, '后勤处'],
    '“单位”表里的名称或别名；填“无”表示不属于任何单位',
    '部门',
    '所属单位',
    '所在部门',
    '所在单位',
  ),
  roles: required(
    column('角色', [30, '单位信息员、通讯员'], '一个或多个角色，用顿号分开', '权限', '岗位角色', '系统角色'),
  ),
  wecom: column(
    '企业微信号',
    [18, 'ZhangWei'],
    '企业微信通讯录里的账号',
    '企业微信',
    '企微账号',
    '企业微信账号',
  ),
  state: column('状态', [10, '在岗'], '在岗或离岗；离岗的账号会停用', '在岗状态', '人员状态'),
  leavesOn: column(
    '最后工作日',
    [14, ''],
    '将要离岗的日期，如 2026-12-31；填“无”取消',
    '离岗日期',
    '离职日期',
  ),
  student: column(
    '学生',
    [8, '否'],
    '是或否；学生账号只能是通讯员，可以写稿，不能审校',
    '是否学生',
    '学生账号',
  ),
};

const roster = {
  duty: required(column('值班类别', [12, '示例：宣传'], '宣传、安全或技术', '类别', '值班类型')),
  days: required(
    column(
      '日期',
      [22, '周一至周五'],
      '一天（2026-10-01）、几天（2026-10-01至2026-10-07）、周一至周五、每天、工作日或休息日',
      '值班日期',
      '星期',
    ),
  ),
  from: required(column('开始', [10, '08:00'], '北京时间，如 08:00', '开始时间', '起')),
  to: required(column('结束', [10, '18:00'], '不晚于开始时间的，算到第二天', '结束时间', '止')),
  person: required(column('值班人', [16, 'zhangwei'], '账号、工号，或不重名的姓名', '值班人员', '值班员')),
  backup: column('备岗人', [16, 'lihua'], '同上；可不填', '备班', '备班人', '替班人'),
  phone: column('值班电话', [18, '0571-88001234'], '只给登录的同事看', '电话', '联系电话'),
};

const byRoleOrName = '一个角色，或一位或几位同事的账号、姓名';
const chain = {
  name: required(column('名称', [20, '示例：一般稿件'], '每条审校链一个名称', '审校链', '审校链名称')),
  mode: column('方式', [10, '合并'], '合并（初审一校、复审二校、终审三校）或六步', '模式', '审校方式'),
  units: column('适用单位', [20, '全部'], '单位名称，用顿号分开；不填或“全部”为所有单位', '单位'),
  channels: column('适用渠道', [20, '全部'], '渠道名称，用顿号分开；不填或“全部”为所有渠道', '渠道'),
  firstReview: required(column('初审', [18, '单位信息员'], byRoleOrName, '初审一校')),
  secondReview: required(column('复审', [18, '单位负责人'], byRoleOrName, '复审二校')),
  finalReview: required(column('终审', [18, '宣传部负责人'], byRoleOrName, '终审三校')),
  firstProof: column('一校', [18, ''], `六步时填：${byRoleOrName}`),
  secondProof: column('二校', [18, ''], `六步时填：${byRoleOrName}`),
  thirdProof: column('三校', [18, ''], `六步时填：${byRoleOrName}`),
};

/** The sheets of the one file that a school is set up with. */
export const setupSheets = {
  units: { name: '单位', aliases: ['部门', '机构', '单位表'], columns: unit },
  people: { name: '人员', aliases: ['用户', '账号', '名单', '人员名单', '人员表'], columns: person },
  roster: { name: '值班表', aliases: ['值班', '值班安排'], columns: roster },
  chains: { name: '审校链', aliases: ['审校', '三审三校', '审校流程'], columns: chain },
} as const satisfies Record<string, SheetSpec>;

export type SetupSheet = keyof typeof setupSheets;
export type ColumnOf<S extends SetupSheet> = keyof (typeof setupSheets)[S]['columns'] & string;
/** Of the template; it explains and is not read. */
export const explainingSheet = '说明';
/** A row of which a cell begins so is none. */
export const exampleMark = '示例';
