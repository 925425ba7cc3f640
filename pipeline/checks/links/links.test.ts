import { describe, expect, it } from 'vitest';
import { checkInput } from '../../../test/builders/check-input.ts';
import type { CheckInput } from '../../domain/check.ts';
import type { LinkState } from '../../domain/link-report.ts';
import { unknownSchool } from '../../domain/school-facts.ts';
import { judgeLink } from './judge-link.ts';
import { buildLinksStage } from './links.ts';

const hosts = ['www.canglan.edu.cn', 'news.canglan.edu.cn'];
const rules = (href: string) => judgeLink(href, hosts).map(({ rule, level }) => `${rule} ${level}`);

describe('an address alone', () => {
  it.each([
    ['http://localhost:8080/a', 'private-address warn'],
    ['http://192.168.1.20/notice', 'private-address warn'],
    ['http://172.20.0.3/', 'private-address warn'],
    ['http://oa/notice', 'private-address warn'],
    ['https://webvpn.canglan.edu.cn/https/77726', 'vpn-address warn'],
    ['http://203.0.113.7/index.htm', 'ip-address warn'],
    ['https://t.cn/A6xyz', 'short-link warn'],
    ['https://pan.baidu.com/s/1abc', 'personal-drive warn'],
    ['https://www.youtube.com/watch?v=1', 'out-of-reach warn'],
    ['https://u.wechat.com/MEabc', 'personal-account warn'],
    ['https://weixin.qq.com/g/AwYAAbc', 'group-invitation warn'],
    ['https://mp.weixin.qq.com/s?__biz=1&tempkey=MTI', 'preview-link warn'],
    ['https://qm.qq.com/q/abc', 'group-invitation warn'],
    ['javascript:alert(1)', 'script block'],
    ['file:///C:/Users/a/b.docx', 'file-path block'],
    ['C:\\Users\\a\\b.docx', 'file-path block'],
    ['https://www.bet365.example/a', 'dangerous block'],
    ['https://hg8868.com/', 'dangerous block'],
    ['https://www.canglan.edu.cn.login.example.com/', 'look-alike block'],
    ['https://cang1an.edu.cn/', 'look-alike block'],
    ['https://canglan-edu.cn/', 'look-alike block'],
    ['https://canglan.com/', 'look-alike block'],
    ['https://www.canglan.edu.cn@evil.example/', 'look-alike block'],
    ['https:///', 'malformed warn'],
  ])('%s', (href, rule) => {
    expect(rules(href)).toEqual([rule]);
  });

  it.each([
    'https://www.canglan.edu.cn/info/1001/2.htm',
    'http://jwc.canglan.edu.cn/',
    'https://mp.weixin.qq.com/s/abcdef',
    'https://weixin.qq.com/r/abc',
    'https://www.essex.ac.uk/',
    'https://www.sussex.ac.uk/',
    'https://alphabet.example.com/',
    'https://www.moe.gov.cn/jyb_xwfb/',
    'https://beta.example.com/',
    'mailto:zsb@canglan.edu.cn',
    'tel:057188886666',
    '#top',
  ])('nothing of %s', (href) => {
    expect(rules(href)).toEqual([]);
  });
});

const run = (change: Partial<CheckInput>) =>
  buildLinksStage({ ...unknownSchool, hosts }).run(checkInput(change));
const linked = (shown: string, href: string): Partial<CheckInput> => ({
  body: `${shown}\n`,
  links: [{ href, start: 0, end: shown.length }],
});

describe('links of a draft', () => {
  it('stand where they stand; those in QR codes and of the source count too', () => {
    const { findings } = run({
      ...linked('报名表', 'https://pan.baidu.com/s/1abc'),
      source: { kind: 'reprint', from: '某报', url: 'https://t.cn/a' },
    });
    expect(findings.map(({ rule, place }) => [rule, place.part, place.end])).toEqual([
      ['personal-drive', 'body', 3],
      ['short-link', 'form', 0],
    ]);
  });

  it('words that are one address and lead to another', () => {
    expect(run(linked('www.moe.gov.cn', 'https://a.example/')).findings[0]?.rule).toBe('other-address');
    expect(run(linked('www.moe.gov.cn/x', 'https://moe.gov.cn/x')).findings).toEqual([]);
  });

  it('words that say nothing', () => {
    const { findings } = run(linked('点击这里', 'https://a.example/'));
    expect(findings.map(({ category, level }) => [category, level])).toEqual([['accessibility', 'info']]);
    expect(run(linked('点击报名系统', 'https://a.example/')).findings).toEqual([]);
  });

  it.each<[LinkState, string[], number]>([
    ['fine', [], 0],
    ['dead', ['dead warn'], 0],
    ['certificate', ['certificate warn'], 0],
    ['parked', ['parked block'], 0],
    ['moved', ['moved info'], 0],
    ['unsure', [], 1],
    ['refused', [], 1],
  ])('asked for: %s', (state, expected, unchecked) => {
    const href = 'https://a.example/';
    const report = { href, state, detail: null, at: '2026-11-23T00:00:00Z' };
    const result = run({ ...linked('某站', href), linkReports: [report] });
    expect(result.findings.map(({ rule, level }) => `${rule} ${level}`)).toEqual(expected);
    expect(result.unchecked).toHaveLength(unchecked);
  });

  it('that nobody has asked for are not clean', () => {
    expect(run(linked('某站', 'https://a.example/')).unchecked?.[0]?.reason).toContain('还没有检测');
    expect(run(linked('邮箱', 'mailto:a@canglan.edu.cn')).unchecked).toEqual([]);
  });
});
