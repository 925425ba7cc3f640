import { describe, expect, it } from 'vitest';
import { checkInput } from '../../../test/builders/check-input.ts';
import type { CheckInput } from '../../domain/check.ts';
import { buildPersonalDataStage } from './personal-data.ts';

const hash = 'b'.repeat(64);
const stage = buildPersonalDataStage({ studentNumberPattern: '20########' });
const found = (change: Partial<CheckInput>) => stage.run(checkInput(change)).findings;
const brief = (body: string, change: Partial<CheckInput> = {}) =>
  found({ body, ...change }).map(({ rule, level, suggestion }) => [rule, level, suggestion]);
const attached = (text: string) => ({
  attachments: [{ file: { hash, name: '名单.xlsx', bytes: 9 }, text, notes: [], facts: [], unread: [] }],
});

describe('what belongs to a person in a draft', () => {
  it.each([
    ['身份证号：110101199003074477', 'identity-number', 'block', '110***********4477'],
    ['身份证１１０１０１１９９００３０７４４７７', 'identity-number', 'block', '１１０***********４４７７'],
    ['卡号 6222 0212 0000 1234 561', 'bank-card', 'block', '6222 **** **** ***4 561'],
    ['她的手机是138-0013-8000。', 'mobile-number', 'block', '138-****-8000'],
    ['联系人：李老师 13800138000', 'mobile-number', 'warn', '138****8000'],
    ['他家住沧澜市东湖区文三路123号5幢301室', 'home-address', 'block', '沧澜市东湖区****'],
    ['学号：2024010203，姓名张三', 'student-number', 'block', '2024****03'],
    ['姓名：张三，出生日期：1990年3月7日', 'birth-date', 'warn', '1990年*月*日'],
    ['车牌号京A12345的车辆', 'licence-plate', 'block', '京A***45'],
    ['家长宅电0571-88886666', 'land-line', 'block', '057*-******66'],
    ['来信请寄 zhangsan@qq.com', 'e-mail', 'warn', 'z***@qq.com'],
    ['张三同学系建档立卡户', 'status', 'warn', null],
  ])('%s', (body, rule, level, suggestion) => {
    expect(brief(body)).toEqual([[rule, level, suggestion]]);
  });

  it('the span is where the draft has it, and the evidence is masked', () => {
    const [finding] = found({ body: '附：\n身份证号：110101199003074477' });
    expect(finding?.place).toEqual({ part: 'body', ref: null, start: 8, end: 26 });
    expect(JSON.stringify(finding)).not.toContain('110101199003074477');
  });

  it.each([
    '咨询电话：0571-88886666（招生办公室）',
    '招生办公室邮箱：zsb@canglan.edu.cn',
    '投稿邮箱：canglan_news@163.com',
    '校车沪A12345每日7:30发车',
    '2026年3月7日，学校召开大会，李某出席。',
    '统一社会信用代码：911101010000000000',
    '身份证号：110***********4477，手机138****8000',
    '会议室位于东湖区文三路123号行政楼301室。',
    '本次共收到捐款 13800138000 元。',
    '王某，1938年3月生，教授。',
    '李某某同学系建档立卡户',
  ])('is nobody’s: %s', (body) => {
    expect(brief(body)).toEqual([]);
  });

  it('a list of mobile numbers is no contact', () => {
    const body = '联系人：甲 13800138000，联系人：乙 13900139000，联系人：丙 13700137000';
    expect(brief(body).map(([, level]) => level)).toEqual(['block', 'block', 'block']);
  });

  it('in a 公示 a date of birth beside a name stops it', () => {
    expect(brief('姓名：张三，出生日期：1990年3月7日', { genre: 'publicity' })[0]?.[1]).toBe('block');
  });
});

describe('tables', () => {
  it('says by the heads of columns what the values are', () => {
    const body =
      '序号\t姓名\t家庭住址\t出生日期\n1\t张三\t沧澜市东湖区和平村3组12号\t19900307\n2\t李四\t沧澜市西山县河口镇幸福社区\t1991-1-2\n';
    expect(brief(body).map(([rule]) => rule)).toEqual([
      'home-address',
      'home-address',
      'birth-date',
      'birth-date',
    ]);
  });

  it('in a file each kind is one finding, with its count, and says what is hidden', () => {
    const text = `【工作表：公示】
姓名\t手机号\n张三\t13800138000\n李四\t13900139000

【隐藏工作表：底稿】
姓名\t【隐藏列】身份证号\n张三\t【隐藏列】110101199003074477`;
    const findings = found(attached(text));
    expect(findings.map(({ rule, place, suggestion }) => [rule, place.ref, suggestion])).toEqual([
      ['mobile-number', hash, null],
      ['identity-number', hash, null],
    ]);
    expect(findings[0]?.message).toContain('2 处（在“工作表：公示”）');
    expect(findings[1]?.message).toContain('隐藏工作表：底稿');
  });

  it('tells a hidden row and what was deleted from the rest', () => {
    const text = '姓名\t手机\n张三\t无\n【隐藏行】李四\t13900139000\n正文【已删除：13800138000】';
    expect(found(attached(text)).map(({ message }) => message.includes('隐藏'))).toEqual([true]);
    expect(found(attached(text))[0]?.message).toContain('2 处');
  });

  it('a value that an empty cell has moved is still found', () => {
    const body = '姓名\t备注\t学号\n张三\tA20240101\n';
    expect(brief(body).map(([rule]) => rule)).toEqual(['student-number']);
  });

  it('masked columns and those of offices are no finding', () => {
    expect(brief('姓名\t身份证号\n张三\t110***********4477\n部门\t电话\n教务处\t88886666\n')).toEqual([]);
  });
});

it('keys hold nothing of a person, and one more is a new question', () => {
  const [one] = found({ body: '身份证110101199003074477' });
  const two = found({ body: '身份证110101199003074477，身份证110101199003071153' });
  expect(one?.key).not.toMatch(/\d{4}/);
  expect(one?.key).not.toBe(two[0]?.key);
});

it('is read in linear time', () => {
  for (const piece of ['张三\t', '学号', '姓名\t家庭住址\n', '13800138000 ', '王李张'])
    found({ body: piece.repeat(20_000) });
});

it('what is let through is this, not another in its place, nor the same of another file', () => {
  const keyOf = (change: Partial<CheckInput>) => found(change)[0]?.key;
  const allowed = keyOf({ body: '身份证号：110101199003074477' });
  expect(keyOf({ body: '身份证号如下：110101199003074477' })).toBe(allowed);
  expect(keyOf({ body: '身份证号：11010519491231002X' })).not.toBe(allowed);
  const [one, other] = ['1', '2'].map((digit) => {
    const file = { hash: digit.repeat(64), name: '名单.xlsx', bytes: 9 };
    const text = '身份证号：110101199003074477';
    return keyOf({ attachments: [{ file, text, notes: [], facts: [], unread: [] }] });
  });
  expect(one).toBeDefined();
  expect(one).not.toBe(other);
});
