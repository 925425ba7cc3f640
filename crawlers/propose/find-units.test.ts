import { describe, expect, it } from 'vitest';
import { findUnits, Ids, isUnitName, unitPageName } from './find-units.ts';
import { domainOf, labelOf } from './school-domain.ts';

describe('names of units', () => {
  it.each([
    ...[
      '教务处',
      '党委宣传部',
      '计算机与信息学院',
      '图书馆',
      '网络与信息中心',
      '校长办公室',
      '校团委',
      '校医院',
    ],
    ...['后勤保障处（基建处）', '中文系', '学报编辑部', '马克思主义学院', '机关党委办公室', '继续教育学院'],
  ])('%s is one', (name) => expect(isUnitName(name)).toBe(true));

  it.each([
    ...[
      '首页',
      '学校简介',
      '更多',
      '职能部门',
      '教学单位',
      '院系',
      '党群部门',
      '二级学院',
      '人才招聘',
      '全部',
    ],
    ...['关于印发教务处工作规则的通知，请各部门遵照执行学院', '下载中心', '公共关系', '联系我们'],
  ])('%s is none', (name) => expect(isUnitName(name)).toBe(false));

  it.each(['机构设置', '组织机构', '院系设置', '职能部门', '教学单位', '部门导航'])('%s lists them', (name) =>
    expect(unitPageName.test(name)).toBe(true),
  );
});

describe('findUnits', () => {
  const link = (text: string, url: string) => ({ text, url, inMenu: false });
  const find = (...links: ReturnType<typeof link>[]) =>
    findUnits(links, {
      ids: new Ids(),
      labelOf: (url) => labelOf(url, 'canglan.example'),
      known: new Map(),
    }).map(({ id, name }) => [id, name]);

  it('takes no authority above the school for a unit of it', () => {
    const names = find(
      link('教育部', 'http://www.moe.gov.cn/'),
      link('教务处', 'https://jwc.canglan.example/'),
      link('文学院', 'https://wxy.canglan.example/'),
      link('图书馆', 'https://lib.canglan.example/'),
    ).map(([, name]) => name);
    expect(names).toEqual(['教务处', '文学院', '图书馆']);
  });

  it('names them as their hosts, else by their initials; each id once', () => {
    expect(
      find(
        link('教务处', 'https://jwc.canglan.example/'),
        link('保卫处', 'https://www.canglan.example/bwc.htm'),
        link('国际交流处', 'https://www.canglan.example/gj.htm'),
        link('教务 处', 'https://www.canglan.example/again.htm'),
        link('机关委办公室', 'https://jwc.canglan.example/x.htm'),
      ),
    ).toEqual([
      ['jwc', '教务处'],
      ['bwc', '保卫处'],
      ['gjjlc', '国际交流处'],
      ['jwc-2', '机关委办公室'],
    ]);
  });

  it('takes one or two for what they are: links', () => {
    expect(find(link('教务处', 'https://a.example/'), link('保卫处', 'https://b.example/'))).toEqual([]);
  });
});

describe('the school’s domain', () => {
  it.each([
    ['www.canglan.edu.cn', 'canglan.edu.cn'],
    ['canglan.edu.cn', 'canglan.edu.cn'],
    ['jwc.cs.canglan.edu.cn', 'canglan.edu.cn'],
    ['www.canglan.edu', 'canglan.edu'],
    ['canglan.com', 'canglan.com'],
    ['127.0.0.1', '127.0.0.1'],
    ['localhost', 'localhost'],
  ])('of %s is %s', (host, domain) => expect(domainOf(host)).toBe(domain));
});
