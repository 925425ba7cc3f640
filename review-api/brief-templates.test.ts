import { afterEach, beforeEach, expect, it } from 'vitest';
import { defaultTemplates } from '../pipeline/domain/brief-template.ts';
import { type Office, openOffice } from '../test/harness/office.ts';

let office: Office;
beforeEach(async () => {
  office = await openOffice();
});
afterEach(() => office.close());

type Daily = Record<string, unknown> & { sections: Record<string, unknown>[]; time: Record<string, unknown> };

it('a template is saved whole, and what is wrong with one is named in plain words', async () => {
  const analyst = await office.visitAs('analyst');
  const save = async (change: (daily: Daily) => void, seenVersion = 0) => {
    const templates = structuredClone(defaultTemplates);
    change(templates.kinds.daily as unknown as Daily);
    const { status, json } = await analyst.post('/api/brief-templates', { templates, seenVersion });
    return { status, ...(json as { field?: string; detail?: string; version?: number }) };
  };
  const section = (daily: Daily) => daily.sections[0] ?? {};
  const wrongs: [field: string, said: string, change: (daily: Daily) => void][] = [
    ['title', '不能为空', (daily) => Object.assign(daily, { title: ' ' })],
    ['title', '最多 40 个字', (daily) => Object.assign(daily, { title: '长'.repeat(41) })],
    ['sections.0.rows', '不能大于 50', (daily) => Object.assign(section(daily), { rows: 51 })],
    ['sections.0.id', '只能是', (daily) => Object.assign(section(daily), { id: 'ranking' })],
    ['sections.0.id', '没有“topics”这一栏', (daily) => Object.assign(section(daily), { id: 'topics' })],
    ['sections.0.color', '没有这个字段', (daily) => Object.assign(section(daily), { color: 'red' })],
    ['time.at', '07:30', (daily) => Object.assign(daily.time, { at: '7am' })],
    ['time.weekday', '不能大于 7', (daily) => Object.assign(daily.time, { weekday: 8 })],
    ['numberRule', '{year}', (daily) => Object.assign(daily, { numberRule: '第{n}期' })],
    ['header', '“页眉”里的 {school}', (daily) => Object.assign(daily, { header: '{school} {unknown}' })],
    ['mark', '{year}、{n} 只用在编号规则里', (daily) => Object.assign(daily, { mark: '{year}年' })],
    ['sections.0.intro', '{n}', (daily) => Object.assign(section(daily), { intro: '第{n}期' })],
    [
      'numberRule',
      '{month} 不会被替换：这里只能用 {year}、{n}',
      (daily) => {
        Object.assign(daily, { numberRule: '〔{year}-{month}〕第{n}期' });
      },
    ],
    ['footer', '电话', (daily) => Object.assign(daily, { footer: '联系 13812345678' })],
    ['mark', '没有填写', (daily) => Reflect.deleteProperty(daily, 'mark')],
  ];
  for (const [field, said, change] of wrongs) {
    const { status, detail = '', field: named } = await save(change);
    expect([status, named]).toEqual([400, `templates.kinds.daily.${field}`]);
    expect(detail).toContain(said);
    expect(detail).not.toMatch(/✖|expected|Invalid|Too |Unrecognized/);
  }
  const { status, version } = await save((daily) => Object.assign(daily, { title: '网络舆情每日摘报' }));
  expect([status, version]).toEqual([200, expect.any(Number)]);
  expect(await save(() => undefined)).toMatchObject({ status: 409 });
});
