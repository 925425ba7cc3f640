import { describe, expect, it } from 'vitest';
import { type Chart, gapName } from '../domain/chart.ts';
import { findChartFont } from './chart-font.ts';
import { paintSvg } from './chart-svg.ts';

const hostile = '</text><script>alert(1)</script>&"';
const days = (as: 'bars' | 'stacked' | 'lines' | 'lying', gaps: number[]): Chart => ({
  ...{ kind: 'series', title: '每日评论', unit: '条', as },
  labels: ['11-10', '11-11', hostile],
  series: [
    { name: '投诉', values: [3, 7, 12], gaps },
    { name: '咨询', values: [0, 1, null], gaps },
  ],
});
const count = (svg: string, part: RegExp) => [...svg.matchAll(part)].length;

describe('a chart as SVG', () => {
  it.each(['bars', 'stacked', 'lines', 'lying'] as const)('draws %s with its words, and no script', (as) => {
    const { svg } = paintSvg(days(as, []), 'a');
    for (const word of ['投诉', '咨询', '11-10']) expect(svg).toContain(word);
    expect(svg).not.toMatch(/<script|<style|on\w+=|ecmeta/);
    expect(svg).toContain('&lt;script&gt;');
  });

  it('hatches a gap and says so in the legend', () => {
    expect(paintSvg(days('stacked', [1]), 'a').svg).toContain(gapName);
    expect(paintSvg(days('stacked', []), 'a').svg).not.toContain(gapName);
  });

  it('tells series apart without colour: each pattern is another', () => {
    expect(count(paintSvg(days('stacked', []), 'a').svg, /<pattern /g)).toBeGreaterThan(0);
    expect(count(paintSvg(days('lines', []), 'a').svg, /stroke-dasharray/g)).toBeGreaterThan(0);
  });

  it('draws no line across a gap', () => {
    const whole = paintSvg(days('lines', []), 'a').svg;
    const broken = paintSvg(days('lines', [1]), 'a').svg;
    const points = (svg: string) => /d="(M[^"]+)" fill="none" stroke="#0b5c5e"/.exec(svg)?.[1] ?? '';
    expect(points(whole).match(/[ML]/g)?.length ?? 0).toBeGreaterThan(
      points(broken).match(/L/g)?.length ?? 0,
    );
  });

  it('draws the line of who misses nothing where others have a gap, and of these what was counted', () => {
    const labels = ['一', '二', '三', '四', '五', '六', '七'];
    const values = [4, 7, 5, 9, 6, 3, 8];
    const series = (name: string, gaps: number[]) => ({ name, values, gaps });
    const paint = (school: number[]) =>
      paintSvg(
        {
          ...{ kind: 'series', title: '每日数量', unit: '条', as: 'lines', labels },
          series: [series('留言', []), series('发布', school)],
        },
        'a',
      ).svg;
    const lineOf = (svg: string, stroke: string) =>
      count(new RegExp(`d="M([^"]+)" fill="none" stroke="${stroke}"`).exec(svg)?.[1] ?? '', /L/g);
    const over = paint([0, 1, 2, 3, 4, 5, 6]);
    expect(lineOf(over, '#0b5c5e')).toBe(6);
    expect(lineOf(over, '#1c2526')).toBeLessThan(6);
    expect(over).toContain('采集缺口：发布');
    // A point for each figure, as there is where a line goes through them; one more is in the legend.
    const points = (svg: string) => count(svg, /fill="#fff"[^>]* stroke="#1c2526"/g);
    expect(points(over)).toBe(8);
    expect(points(paint([]))).toBe(8);
  });

  it('gives every chart of a page ids of its own, the same each time', () => {
    const { svg } = paintSvg(days('stacked', [1]), 'chart7');
    const ids = [...svg.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]);
    expect(ids.length).toBeGreaterThan(0);
    for (const id of ids) expect(id).toMatch(/^chart7-/);
    expect(paintSvg(days('stacked', [1]), 'chart7').svg).toBe(svg);
  });

  it('draws hours by weekdays, and how long answers took', () => {
    const heat = paintSvg(
      { kind: 'heat', title: '时段', unit: '条', columns: ['8', '9'], rows: ['周一'], values: [[5, null]] },
      'a',
    );
    for (const word of ['周一', '>5<', '—']) expect(heat.svg).toContain(word);
    const rows = [{ label: '后勤处', count: 12, median: 20, ninth: 52 }];
    const spans = paintSvg({ kind: 'spans', title: '用时', unit: '小时', rows }, 'a');
    for (const word of ['后勤处（12 件）', '中位数（小时）', '九成以内']) expect(spans.svg).toContain(word);
  });
});

it('takes the font that is named, or says that it is not there', async () => {
  expect(await findChartFont(import.meta.filename)).toBe(import.meta.filename);
  expect(await findChartFont('/nowhere/font.ttf')).toBeNull();
});
