import { describe, expect, it } from 'vitest';
import type { PostKind } from '../domain/post.ts';
import { createJudge } from './judge.ts';

const judge = createJudge({ rules: [], settingsVersion: 1 });

function find(text: string, kind: PostKind = 'comment'): string[] {
  const { findings } = judge.decide({ stored: text, kind, metrics: {}, textVersion: 1 });
  return findings.map(
    ({ id, start, end }) => `${id.replace('personal-data.', '')} ${text.slice(start, end)}`,
  );
}

describe('what belongs to a person is found by its form', () => {
  it.each([
    [
      '我家住杭州市西湖区文三路123号翠苑小区5幢2单元301室',
      'home-address 杭州市西湖区文三路123号翠苑小区5幢2单元301室',
    ],
    ['她住在南京西路88弄3号502室，别去打扰', 'home-address 南京西路88弄3号502室'],
    [
      '户口所在地是上海市浦东新区张江镇孙环路365弄12号1101室',
      'home-address 上海市浦东新区张江镇孙环路365弄12号1101室',
    ],
    ['他的邮箱 zhangsan99@qq.com', 'e-mail zhangsan99@qq.com'],
    ['私家车浙A·12345撞了人就跑', 'licence-plate 浙A·12345'],
    ['浙AD12345 堵了消防通道', 'licence-plate 浙AD12345'],
    ['家里电话0571-88886666', 'land-line 0571-88886666'],
    ['座机 010-62345678 是谁的', 'land-line 010-62345678'],
    ['李某某，男，1999年3月5日出生，汉族', 'birth-date 1999年3月5日'],
    ['姓名：张三 出生日期：1999-03-05', 'birth-date 1999-03-05'],
    ['学生王芳生于2004年3月2日', 'birth-date 2004年3月2日'],
    ['邮箱 zhangsan[at]qq.com', 'e-mail zhangsan[at]qq.com'],
    ['zhangsan＠qq.com', 'e-mail zhangsan＠qq.com'],
    ['找我zhangsan艾特qq点com', 'e-mail zhangsan艾特qq点com'],
    ['http://a.cn/x?tel=13800138000', 'mobile-number 13800138000'],
  ])('%s', (text, wanted) => {
    expect(find(text)).toEqual([wanted]);
  });
});

describe('what only looks like it is left alone', () => {
  it.each([
    '南区5号楼302室漏水',
    '5号楼302漏水没人修',
    '学院路1号行政楼301室办公',
    '地址：文三路100号',
    '合生霄云路8号434-450平米4居在售',
    '京ABCDE',
    '鲁迅1881年9月25日出生于绍兴',
    '祝学校生日快乐，2026年11月22日见',
    '校办电话 0571-88886666',
    '客服 400-820-8820',
    '咨询电话：0571-88886666',
    '投稿邮箱 xcb@example.edu.cn',
    '感谢@张三 分享',
    '见附件13912345678.pdf',
    'http://a.edu.cn/id=13800138000',
    'http://a.edu.cn/show?id=13800138000',
    '答辩时间15912341234',
    '作家王蒙生于1934年10月15日',
    '艾特你的室友，店名三点com',
  ])('%s', (text) => {
    expect(find(text)).toEqual([]);
  });

  it("an office's own lines and rooms in our own articles", () => {
    const text =
      '联系人：王老师，电话 0571-88886666，邮箱 zhaoban@example.edu.cn，地址：文三路100号行政楼301室。';
    expect(find(text, 'article')).toEqual([]);
  });
});

describe('a text made to be slow', () => {
  it.each([
    ['doors', '室'.repeat(350_000)],
    ['birthdays', '1生日'.repeat(200_000)],
    ['addresses', '张路1号1室'.repeat(60_000)],
    ['numerals', '一 '.repeat(300_000)],
    ['mail signs', 'a@'.repeat(300_000)],
    ['disguised mail', `艾特${'a.'.repeat(150_000)}`],
    ['parameters', 'a/id=13800138000'.repeat(20_000)],
    ['plates', '京a1234'.repeat(100_000)],
  ])('of %s is read in linear time', (_name, text) => {
    const timed = (length: number): number => {
      const started = performance.now();
      find(text.slice(0, length));
      return performance.now() - started;
    };
    timed(1000);
    const half = timed(text.length / 2);
    expect(timed(text.length)).toBeLessThan(Math.max(half, 50) * 6);
  });
});
