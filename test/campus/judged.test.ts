import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { Category } from '../../pipeline/domain/category.ts';
import { Unit } from '../../pipeline/domain/channel.ts';
import { LexiconRule } from '../../pipeline/domain/rule.ts';
import { createJudge, type Judge } from '../../pipeline/stages/judge.ts';
import { type Campus, startCampus } from './campus.ts';
import { voices } from './content/voices.ts';

const lexicons = join(import.meta.dirname, '../../config/lexicons');

function readRules(): LexiconRule[] {
  const files = readdirSync(lexicons, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.yaml'),
  );
  return files.flatMap(
    (name) =>
      z.object({ rules: z.array(LexiconRule) }).parse(parse(readFileSync(join(lexicons, name), 'utf8')))
        .rules,
  );
}

/** The campus as its directory would have it. */
const units = [
  {
    id: 'logistics',
    name: '后勤处',
    aliases: ['后勤'],
    topics: ['canteen', 'dormitory', 'logistics'],
    places: [{ name: '二食堂', topic: 'canteen' }],
  },
  { id: 'students', name: '学生工作处', places: [{ name: '北区7号楼', topic: 'dormitory' }] },
  { id: 'finance', name: '计划财务处', topics: ['fees'] },
  { id: 'teaching', name: '教务处', topics: ['teaching'] },
  { id: 'it-centre', name: '现代教育技术中心', aliases: ['网络中心'], topics: ['network'] },
  { id: 'library', name: '图书馆', topics: ['library'] },
].map((unit) => Unit.parse(unit));

describe('what the judgement makes of the campus', () => {
  let campus: Campus;
  let judge: Judge;
  beforeAll(async () => {
    campus = await startCampus({ today: new Date('2026-11-22T04:00:00.000Z') });
    judge = createJudge({ rules: readRules(), settingsVersion: 1, directory: units });
  });
  afterAll(() => campus.close());

  const judged = (stored: string, kind: 'article' | 'comment') => {
    const verdict = judge.decide({ stored, kind, metrics: {}, textVersion: 1 });
    const found = new Set(verdict.findings.map(({ category }) => category));
    return { queues: verdict.queues, categories: Category.options.filter((category) => found.has(category)) };
  };
  const voiceOf = (key: string) => {
    const voice = voices.find((each) => each.key === key);
    if (voice === undefined) throw new Error(`no voice ${key}`);
    return { ...judged(voice.text, 'comment'), expected: voice.expected };
  };

  it('finds the leaks and the tampering, and no drill, warning or denial besides', () => {
    campus.control.publish(9);
    const flagged = new Map<string, readonly Category[]>();
    for (const { key, title, pieces, planted } of campus.expected.articles) {
      // About a real emergency, in the school's own words: whether it is flagged is no mistake either way.
      if (key === 'food-safety-statement') continue;
      const { queues, categories } = judged([title, ...pieces, ...planted].join('\n'), 'article');
      if (queues.length > 0) flagged.set(key, categories);
    }
    expect([...flagged.keys()].sort()).toEqual([
      'aid-list-leak',
      'contest-list-mobiles',
      'singing-contest-tampered',
    ]);
    expect(flagged.get('aid-list-leak')).toEqual(['leak']);
    expect(flagged.get('contest-list-mobiles')).toEqual(['leak']);
    expect(flagged.get('singing-contest-tampered')).toContain('tamper');
  });

  it('sends every danger that is said outright to the people on duty', () => {
    for (const key of ['despair', 'threat', 'dorm-fire', 'click-farm']) {
      const { queues, categories, expected } = voiceOf(key);
      expect(categories, key).toEqual(expect.arrayContaining([...expected.categories]));
      expect(queues, key).toEqual(expect.arrayContaining([...expected.queues]));
    }
  });

  it('brings a rumour of injury and a cover-up before a person who can check it', () => {
    const { queues, categories, expected } = voiceOf('ceiling-rumour');
    expect(expected.queues).toContain('review');
    expect(categories).toEqual(expect.arrayContaining([...expected.categories]));
    expect(queues).toEqual(expect.arrayContaining([...expected.queues]));
  });

  it('finds of every voice what the campus expects of it', () => {
    const missed = voices
      .filter(({ expected }) => expected.queues.some((queue) => queue !== 'service'))
      .filter(({ key, expected }) => {
        const { categories, queues } = voiceOf(key);
        const misses = (wanted: readonly string[], found: readonly string[]) =>
          wanted.some((one) => !found.includes(one));
        return misses(expected.categories, categories) || misses(expected.queues, queues);
      })
      .map(({ key }) => key);
    expect(missed).toEqual([]);
  });

  it('routes a voice to the unit of the place that it names, of itself, or of its topic', () => {
    const routed = (part: string) => {
      const voice = voices.find(({ text }) => text.includes(part));
      if (voice === undefined) throw new Error(`no voice with ${part}`);
      const { service } = judge.decide({ stored: voice.text, kind: 'comment', metrics: {}, textVersion: 1 });
      const pieces = service?.evidence?.map(({ start, end }) => voice.text.slice(start, end)) ?? [];
      return { unitId: service?.unitId, topic: service?.topic, pieces };
    };
    expect(routed('北区7号楼')).toMatchObject({ unitId: 'students', topic: 'dormitory' });
    expect(routed('二食堂三号窗口')).toMatchObject({ unitId: 'logistics', topic: 'canteen' });
    expect(routed('退宿，住宿费')).toMatchObject({ unitId: 'finance', topic: 'fees' });
    expect(routed('教务处给个说法')).toMatchObject({ unitId: 'teaching', topic: 'teaching' });
    expect(routed('北区7号楼').pieces).toContain('北区7号楼');
  });

  it('lets game talk, remarks, jokes and adverts pass', () => {
    for (const key of ['game-talk', 'lecture-remark', 'drill-joke', 'driving-school-advert']) {
      expect(voiceOf(key).queues, key).toEqual([]);
    }
  });
});
