import { identityCheckCharacter } from '../../pipeline/text/personal/identity-number.ts';
import { SeededChance } from '../harness/seeded-chance.ts';

/** A made-up text, and the made-up number that it gives away: as it stands there, and of which kind. */
export interface DataRow {
  text: string;
  kind: 'identity-number' | 'old-identity-number' | 'mobile-number' | 'bank-card' | null;
  evidence: string;
}

const regions = [
  '110105',
  '120101',
  '310115',
  '330106',
  '440305',
  '510104',
  '620102',
  '650102',
  '320508',
  '420111',
];
const cardPrefixes = [
  '622202',
  '621700',
  '622848',
  '621661',
  '622588',
  '436742',
  '955880',
  '601382',
  '552599',
  '356850',
  '623052',
];
const hanDigits = [...'零一二三四五六七八九'];
const circleDigits = [...'〇一二三四五六七八九'];
const formalDigits = [...'零壹贰叁肆伍陆柒捌玖'];
const traditionalDigits = [...'零壹貳參肆伍陸柒捌玖'];
const roundDigits = [...'⓪①②③④⑤⑥⑦⑧⑨'];
const filledDigits = [...'⓿❶❷❸❹❺❻❼❽❾'];
const wideDigits = [...'０１２３４５６７８９'];

const identityFrames = [
  '他的身份证号是#，别外传',
  '名单里写着 #，赶紧撤',
  '身份证：#',
  '王某某（#）已通过资格审查',
  '补充一下我的证件 # 谢谢',
  '#',
  '公示的第三行是#吧',
  '报名信息：李某，女，#，计算机2101班',
  '昨晚有人把 # 发到群里',
  '户主证件号码为#。',
];
const mobileFrames = [
  '有事打我电话#',
  '联系方式 #，随时找我',
  '加我微信#',
  '失主电话：#',
  '他手机号就是#，你们去问',
  '快递小哥#态度很差',
  '#',
  '请拨#。',
  '王老师（#）',
  '捡到校园卡的同学联系 # 谢谢',
  '拼车回杭州#有意私',
  '转让二手自行车，#，价格可谈',
];
const cardFrames = [
  '钱打到这张卡#',
  '工资卡号：#',
  '他把银行卡 # 贴出来了',
  '户名张某，账号#，开户行工商银行',
  '#',
  '捐款请汇 #，谢谢大家',
  '退款退到#吧',
];

export class RowMaker {
  private readonly chance: SeededChance;

  constructor(seed: number) {
    this.chance = new SeededChance(seed);
  }

  pick<T>(items: readonly T[]): T {
    const item = items[this.chance.between(0, items.length)];
    if (item === undefined) throw new Error('nothing to pick from');
    return item;
  }

  digits(count: number): string {
    return Array.from({ length: count }, () => String(this.chance.between(0, 10))).join('');
  }

  private two(from: number, to: number): string {
    return String(this.chance.between(from, to)).padStart(2, '0');
  }

  private birth(): string {
    return `${this.chance.between(1950, 2012)}${this.two(1, 13)}${this.two(1, 29)}`;
  }

  identity(): string {
    const body = `${this.pick(regions)}${this.birth()}${this.digits(3)}`;
    return body + identityCheckCharacter(body);
  }

  oldIdentity(): string {
    return `${this.pick(regions)}${this.birth().slice(2)}${this.digits(3)}`;
  }

  mobile(): string {
    return `1${this.chance.between(3, 10)}${this.digits(9)}`;
  }

  /** The digit that makes `body` pass the Luhn check. */
  private luhnDigit(body: string): number {
    let sum = 0;
    [...body].reverse().forEach((digit, i) => {
      const value = Number(digit) * (i % 2 === 0 ? 2 : 1);
      sum += value > 9 ? value - 9 : value;
    });
    return (10 - (sum % 10)) % 10;
  }

  card(prefix = this.pick(cardPrefixes)): string {
    const body = prefix + this.digits(this.pick([16, 19, 19]) - prefix.length - 1);
    return body + String(this.luhnDigit(body));
  }

  wrongLuhn(): string {
    const card = this.card();
    return card.slice(0, -1) + String((Number(card.at(-1)) + this.chance.between(1, 10)) % 10);
  }

  wrongIdentity(): string {
    const body = this.identity().slice(0, 17);
    const wrong = [...'0123456789'].filter((digit) => digit !== identityCheckCharacter(body));
    return body + this.pick(wrong);
  }

  private inDigits(number: string, digits: readonly string[]): string {
    return [...number].map((character) => digits[Number(character)] ?? character).join('');
  }

  private grouped(number: string, lengths: readonly number[], separator: string): string {
    const groups: string[] = [];
    let at = 0;
    for (const length of lengths) {
      groups.push(number.slice(at, at + length));
      at += length;
    }
    if (at < number.length) groups.push(number.slice(at));
    return groups.filter((group) => group !== '').join(separator);
  }

  /** One of the ways in which people write a number. */
  private spell(number: string, groups: readonly (readonly number[])[]): string {
    const separator = this.pick([' ', '-', '–', '—', '·', '  ', ' - ', '.', '_']);
    const mixed = [...number]
      .map((c) => (this.chance.between(0, 2) === 0 ? (hanDigits[Number(c)] ?? c) : c))
      .join('');
    return this.pick([
      () => number,
      () => number,
      () => this.grouped(number, this.pick(groups), separator),
      () => [...number].join(this.pick([' ', '-', '.', '·', '*', '\u200b'])),
      () => this.inDigits(number, wideDigits),
      () => this.inDigits(number, hanDigits),
      () => this.inDigits(number, circleDigits),
      () => this.inDigits(number, this.pick([formalDigits, traditionalDigits])),
      () => this.inDigits(number, this.pick([roundDigits, filledDigits])),
      () => this.grouped(this.inDigits(number, hanDigits), this.pick(groups), ' '),
      () => mixed,
      () => `${number.slice(0, 5)}\u200b${number.slice(5)}`,
    ])();
  }

  private inFrame(kind: DataRow['kind'], frames: readonly string[], evidence: string): DataRow {
    return { kind, evidence, text: this.pick(frames).replace('#', () => evidence) };
  }

  positive(): DataRow {
    const kind = this.pick([
      'identity-number',
      'identity-number',
      'mobile-number',
      'mobile-number',
      'mobile-number',
      'bank-card',
      'bank-card',
      'old-identity-number',
    ] as const);
    if (kind === 'identity-number') {
      const written = this.spell(this.identity(), [
        [6, 8, 4],
        [6, 4, 4, 4],
        [3, 3, 4, 4, 4],
      ]);
      return this.inFrame(kind, identityFrames, written.replace('x', this.pick(['X', 'x', 'Ｘ'])));
    }
    if (kind === 'old-identity-number') {
      return this.inFrame(kind, ['身份证号：#', '老身份证 # 还能用吗', '证件号是#'], this.oldIdentity());
    }
    if (kind === 'mobile-number') {
      const written = this.spell(this.mobile(), [
        [3, 4, 4],
        [3, 4, 4],
        [4, 4, 3],
        [3, 8],
      ]);
      return this.inFrame(kind, mobileFrames, written);
    }
    return this.inFrame(
      kind,
      cardFrames,
      this.spell(this.card(), [
        [4, 4, 4, 4, 4],
        [6, 10],
        [6, 13],
      ]),
    );
  }

  private serial(): string {
    return `2026${this.two(1, 13)}${this.two(1, 29)}${this.two(0, 24)}${this.two(0, 60)}${this.digits(6)}`;
  }

  private notMobile(): string {
    return this.pick(['10', '11', '12', '20', '31', '55', '68', '99']) + this.digits(9);
  }

  private withoutRange(): string {
    return this.card(
      this.pick(['111100', '200112', '301234', '411111', '500000', '700123', '812345', '999999']),
    );
  }

  private price(): string {
    return `${this.chance.between(1, 10)},${this.digits(3)},${this.digits(3)}.${this.digits(2)}`;
  }

  private isbn(): string {
    return `978-7-${this.digits(3)}-${this.digits(5)}-${this.digits(1)}`;
  }

  negative(): DataRow {
    const text = this.pick([
      () => `订单号${this.wrongIdentity()}已发货`,
      () => `订单 ${this.serial()} 还没到`,
      () => `支付流水 ${this.serial()}`,
      () => this.wrongIdentity(),
      () => `编号是${this.wrongIdentity()}的设备坏了`,
      () => `运单号 ${this.pick(['SF', 'YT', 'JD', 'ZTO'])}${this.digits(13)}，到驿站三天了`,
      () => `快递单号：${this.digits(12)}`,
      () => `学号${this.notMobile()}的成绩没出来`,
      () => `号码${this.notMobile()}是空号`,
      () => `合计${this.notMobile()}元`,
      () => `流水号${this.wrongLuhn()}`,
      () => `查了一下 ${this.wrongLuhn()} 没有记录`,
      () => `交易参考 ${this.withoutRange()}`,
      () => `凭证${this.withoutRange()}对不上`,
      () => `书号 ${this.isbn()}，图书馆有三本`,
      () => `ISBN${this.isbn().replaceAll('-', '')}`,
      () => `经费 ${this.price()} 元，${this.chance.between(2010, 2027)} 年度`,
      () =>
        `${this.chance.between(2010, 2027)}-${this.two(1, 13)}-${this.two(1, 29)} ${this.two(0, 24)}:${this.two(0, 60)}:${this.two(0, 60)} 断网`,
      () => `课程代码 ${this.pick(['CS', 'MATH', 'B'])}${this.digits(7)}，三学分`,
      () => `坐标 120.${this.digits(6)}, 30.${this.digits(6)}`,
      () => `更新到 v${this.digits(1)}.${this.digits(2)}.${this.digits(4)} 就闪退`,
      () =>
        `地址是 10.${this.chance.between(0, 256)}.${this.chance.between(0, 256)}.${this.chance.between(0, 256)}`,
      () =>
        `比分 ${this.two(1, 99)}:${this.two(1, 99)}，${this.two(1, 99)} ${this.two(1, 99)} ${this.two(1, 99)}`,
      () => `校办电话 0571-8${this.digits(7)}`,
      () => `客服 400-${this.digits(3)}-${this.digits(4)} 打不通`,
      () => `时间戳 17${this.digits(11)}`,
      () => `号码是 ${this.mobile().slice(0, 3)}****${this.digits(4)}`,
      () => `身份证 ${this.identity().slice(0, 6)}********${this.digits(4)}`,
      () => `播放量${this.digits(9)}，点赞 ${this.digits(5)}`,
      () => `https://www.example.edu.cn/info/1${this.digits(3)}/${this.mobile()}.htm`,
      () => `合同编号 ZB2026${this.digits(11)}`,
      () => `信用代码 91${this.digits(6)}MA${this.digits(7)}X`,
      () => `二〇二六年十一月二十二日第一一三七次例会`,
      () => `三五八一〇，一二三四五六七，上山打老虎`,
      () => `房价${this.digits(5)}一平，首付${this.digits(7)}`,
      () => `圆周率 3.1415926535897932384626`,
      () => `准考证 ${this.digits(15)}`,
      () => `物料 ${this.digits(4)}-${this.digits(4)}-${this.digits(3)} 缺货`,
    ])();
    return { text, kind: null, evidence: '' };
  }
}
