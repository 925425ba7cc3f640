import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PostKind } from '../domain/post.ts';
import type { Finding } from '../domain/verdict.ts';
import { passesLuhn } from '../text/personal/card-number.ts';
import { identityCheckCharacter } from '../text/personal/identity-number.ts';
import { openSegmenter } from '../text/segment.ts';
import { assembleJudge, createJudge } from './judge.ts';
import { buildPersonalDataStage } from './personal-data.ts';

const judge = createJudge({ rules: [], settingsVersion: 1 });

function find(text: string, kind: PostKind = 'comment'): Finding[] {
  return judge.decide({ stored: text, kind, metrics: {}, textVersion: 1 }).findings;
}

function evidence(text: string, kind: PostKind = 'comment'): string[] {
  return find(text, kind).map(({ start, end }) => text.slice(start, end));
}

const first17 = '11010519491231002';
const identity = `${first17}${identityCheckCharacter(first17).toUpperCase()}`;
const allDigits = ((): string => {
  for (let serial = 0; serial < 1000; serial += 1) {
    const body = `33010220010203${String(serial).padStart(3, '0')}`;
    if (identityCheckCharacter(body) !== 'x') return body + identityCheckCharacter(body);
  }
  throw new Error('no serial gives a digit');
})();

describe('identity numbers', () => {
  it.each([
    identity,
    identity.toLowerCase(),
    allDigits,
    allDigits.replace(/(.{6})(.{8})/, '$1 $2 '),
    allDigits.replace(/(.{6})(.{8})/, '$1-$2-'),
    [...allDigits].map((digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)).join(''),
  ])('finds %s', (number) => {
    expect(evidence(`他的身份证号是${number}，请核对`)).toEqual([number]);
  });

  it('asks for the right check digit, a province and a date', () => {
    const last = Number(allDigits.at(-1));
    expect(evidence(`${allDigits.slice(0, 17)}${(last + 1) % 10}`)).toEqual([]);
    for (const body of ['99010220010203123', '33010220011303123', '33010220010230123']) {
      expect(evidence(`${body}${identityCheckCharacter(body)}`)).toEqual([]);
    }
  });

  it('is not inside a longer number', () => {
    expect(evidence(`1${allDigits}`)).toEqual([]);
    expect(evidence(`${allDigits}7`)).toEqual([]);
    expect(evidence(`${first17}Xy`)).toEqual([]);
  });

  it('finds every valid one, whatever its digits', () => {
    const bodies = fc
      .tuple(
        fc.constantFrom('110105', '330106', '440305', '510104', '650102'),
        fc.date({ min: new Date('1930-01-01'), max: new Date('2012-12-31'), noInvalidDate: true }),
        fc.integer({ min: 0, max: 999 }),
      )
      .map(([area, born, serial]) =>
        [area, born.toISOString().slice(0, 10).replaceAll('-', ''), String(serial).padStart(3, '0')].join(''),
      );
    fc.assert(
      fc.property(bodies, (body) => {
        const number = `${body}${identityCheckCharacter(body)}`;
        expect(evidence(`名单：王某 ${number} 已通过`)).toEqual([number]);
      }),
      { numRuns: 300 },
    );
  });

  it('takes an old number seriously only beside the word for it', () => {
    const [named] = find('身份证号：330102800101123');
    const [bare] = find('见 330102800101123');
    expect(named?.severity).toBe(4);
    expect(bare?.severity).toBe(1);
    expect(find('流量 330102800101123 字节')).toEqual([]);
  });
});

describe('mobile numbers', () => {
  it.each([
    '13800138000',
    '138 0013 8000',
    '138-0013-8000',
    '１３８００１３８０００',
    '1 3 8 0 0 1 3 8 0 0 0',
  ])('finds %s', (number) => {
    expect(evidence(`联系我 ${number} 谢谢`)).toEqual([number]);
  });

  it('finds it behind a country code and each of two in a row', () => {
    expect(evidence('+8613800138000')).toEqual(['13800138000']);
    expect(evidence('+86 138 0013 8000')).toEqual(['138 0013 8000']);
    expect(evidence('13800138000 13900139000')).toEqual(['13800138000', '13900139000']);
  });

  it.each([
    '订单号：13800138000',
    '快递单号 13800138000',
    '学号：13800138000',
    'SF13800138000',
    'ISBN 9787111213826',
    'ISBN：978-7-111-21382-6',
    '合计 12800138000 元',
    '3.13800138000',
    '2138001380001',
    '2026-03-05 13:45:01',
    '校办电话 0571-88886666',
    '138****8000',
    '价格 1380013',
    'https://example.edu.cn/info/13800138000.htm',
  ])('leaves %s alone', (text) => {
    expect(evidence(text)).toEqual([]);
  });
});

describe('bank cards', () => {
  const body = '622202123456789012';
  const card = `${body}${[...'0123456789'].find((digit) => passesLuhn(body + digit))}`;

  it.each([
    card,
    card.replace(/(.{4})(?=.)/g, '$1 '),
    card.replace(/(.{4})(?=.)/g, '$1-'),
    card.replace(/(.{6})/, '$1 '),
  ])('finds %s', (written) => {
    expect(evidence(`钱打到这张卡 ${written} 谢谢`)).toEqual([written]);
  });

  it.each([
    '卡号 4111111111111111',
    `流水号 ${card}`,
    `查了 ${body}${(Number(card.at(-1)) + 1) % 10}`,
    '62220212345678',
  ])('leaves %s alone', (text) => {
    expect(evidence(text)).toEqual([]);
  });
});

describe('student numbers', () => {
  const stage = buildPersonalDataStage({ studentNumberPattern: '20########' });
  const withPattern = assembleJudge({
    stages: [stage],
    segmenter: openSegmenter({ dictionaryWords: [] }),
    versions: judge.versions,
  });
  const spans = (text: string): string[] =>
    withPattern
      .decide({ stored: text, kind: 'comment', metrics: {}, textVersion: 1 })
      .findings.map(({ start, end }) => text.slice(start, end));

  it('are told by the form that the school has named', () => {
    expect(spans('学号2023031500的同学捡到了')).toEqual(['2023031500']);
    expect(spans('编号20230315001和cs20230315')).toEqual([]);
    expect(find('学号2023031500的同学')).toEqual([]);
  });
});

describe('where a number stands', () => {
  it('is told in the text as it was stored, whatever surrounds it', () => {
    const noise = fc.string({
      unit: fc.constantFrom('好', '，', ' ', 'é', '😀', '\u200b', 'ﬁ', '①', '著', '\n'),
    });
    fc.assert(
      fc.property(noise, noise, (before, after) => {
        const text = `${before}，电话${'13800138000'}，${after}`;
        for (const { start, end } of find(text)) {
          expect(start).toBeLessThan(end);
          expect(end).toBeLessThanOrEqual(text.length);
        }
        expect(evidence(text)).toContain('13800138000');
      }),
      { numRuns: 300 },
    );
  });

  it('names what had to be undone', () => {
    expect(find('电话一三八 零零一三 八零零零')[0]?.via).toEqual(['filler', 'digit']);
    expect(find('电话13800138000')[0]?.via).toBeUndefined();
  });
});

describe('our own articles', () => {
  const contact = '联系人：张老师，手机 13800138000。';

  it('may name a contact: noted, not queued', () => {
    const verdict = judge.decide({ stored: contact, kind: 'article', metrics: {}, textVersion: 1 });
    expect(verdict.findings).toHaveLength(1);
    expect(verdict.queues).toEqual([]);
    expect(verdict.accessClass).toBe('open');
  });

  it("may not publish a list of people's numbers", () => {
    const text = '公示名单\n李一 13800138001\n李二 13800138002\n李三 13800138003';
    const verdict = judge.decide({ stored: text, kind: 'article', metrics: {}, textVersion: 1 });
    expect(verdict.queues).toEqual(['review', 'operations']);
    expect(verdict.accessClass).toBe('victim');
  });

  it('may never publish an identity number', () => {
    const verdict = judge.decide({
      stored: `${contact}${identity}`,
      kind: 'article',
      metrics: {},
      textVersion: 1,
    });
    expect(verdict.queues).toEqual(['review', 'operations']);
    expect(verdict.risk.level).toBe('important');
  });
});
