import { describe, expect, it } from 'vitest';
import { readSeedRules } from '../../test/builders/seed-rules.ts';
import { Unit } from '../domain/channel.ts';
import type { Service } from '../domain/verdict.ts';
import { openSegmenter } from '../text/segment.ts';
import { buildDirectory } from './directory.ts';
import { createJudge } from './judge.ts';
import { TextContext } from './text-context.ts';

const units = [
  {
    id: 'logistics',
    name: '后勤处',
    aliases: ['后勤'],
    topics: ['canteen', 'dormitory', 'logistics'],
    places: [
      { name: '第二食堂', topic: 'canteen' },
      { name: '听澜食堂', aliases: ['听澜'], topic: 'canteen' },
    ],
  },
  {
    id: 'students',
    name: '学生工作处',
    aliases: ['学工处'],
    places: [{ name: '三号楼', topic: 'dormitory' }],
  },
  { id: 'it-centre', name: '现代教育技术中心', topics: ['network'] },
  { id: 'teaching', name: '教务处', topics: ['teaching'], places: [{ name: '听澜楼' }] },
  { id: 'security', name: '保卫处', topics: ['security'] },
].map((unit) => Unit.parse(unit));
const directory = buildDirectory(units);
const segmenter = openSegmenter({ dictionaryWords: directory.names });

function contextOf(stored: string): TextContext {
  return new TextContext({ stored, kind: 'comment', metrics: {}, textVersion: 1 }, segmenter);
}

function named(text: string): string[] {
  const context = contextOf(text);
  return directory.find(context).map((mention) => {
    const { start, end } = context.fromSqueezed(mention);
    return `${mention.unitId} ${text.slice(start, end)}`;
  });
}

describe("the school's own names", () => {
  it.each([
    ['二食堂又涨价了', ['logistics 二食堂']],
    ['第２食堂的面', ['logistics 第２食堂']],
    ['聽瀾食堂的飯', ['logistics 聽瀾食堂']],
    ['听澜楼的投影仪', ['teaching 听澜楼']],
    ['后勤从来不管', ['logistics 后勤']],
    ['3号楼停水了', ['students 3号楼']],
    ['教务处和学工处互相推', ['teaching 教务处', 'students 学工处']],
  ])('%s', (text, wanted) => {
    expect(named(text)).toEqual(wanted);
  });

  it.each(['13号楼停水了', '十三号楼停水了', '总后勤部来慰问', '教务工作', '今天天气好'])(
    '%s names nobody',
    (text) => {
      expect(named(text)).toEqual([]);
    },
  );
});

describe('the unit that a text is for', () => {
  const judge = createJudge({ rules: readSeedRules(), settingsVersion: 1, directory: units });
  const serve = (text: string): Service | null =>
    judge.decide({ stored: text, kind: 'comment', metrics: {}, textVersion: 1 }).service;

  it.each([
    ['三号楼热水停了两天', 'dormitory', 'students'],
    ['宿舍热水停了两天', 'dormitory', 'logistics'],
    ['听澜又涨价了，太贵', 'canteen', 'logistics'],
    ['听澜楼的校园网太慢', 'network', 'teaching'],
    ['校园网太慢了', 'network', 'it-centre'],
    ['教务处电话没人接', 'teaching', 'teaching'],
    ['请问图书馆几点开门', 'library', null],
  ])('%s', (text, topic, unitId) => {
    expect(serve(text)).toMatchObject({ topic, unitId });
  });

  it('shows what kind, topic and unit were read from', () => {
    const text = '聽瀾食堂的飯又涼了，没人管';
    const pieces = serve(text)?.evidence?.map(({ start, end }) => text.slice(start, end)) ?? [];
    expect(pieces).toEqual(expect.arrayContaining(['聽瀾食堂', '没人管']));
    for (const piece of pieces) expect(piece).not.toBe('');
  });

  it('without a directory nobody is named', () => {
    const plain = createJudge({ rules: readSeedRules(), settingsVersion: 1 });
    const input = { stored: '二食堂的饭凉了', kind: 'comment', metrics: {}, textVersion: 1 } as const;
    expect(plain.decide(input).service).toMatchObject({ topic: 'canteen', unitId: null });
  });
});
